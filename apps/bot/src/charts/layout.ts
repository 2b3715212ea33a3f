import type { Plugin, TitleOptions } from 'chart.js'
import { FONT, paint, WIDTH } from './canvas.ts'
import type { Palette } from './theme.ts'
import type { Picture } from './types.ts'

/** Characters of a title that fit beside each other. */
const TITLE_LENGTH = 56

/** The title in the upper left. */
export function titleOf({ title }: Picture, palette: Palette): Partial<TitleOptions> {
  return {
    display: true, text: shortened(title, TITLE_LENGTH), align: 'start', color: palette.text,
    font: { family: FONT, size: 20, weight: 'bold', lineHeight: 1.2 }, padding: { top: 0, bottom: 16 },
  }
}

/** A line in the middle of a chart that has nothing to show. */
export function emptyNote(text: string, palette: Palette): Plugin {
  return {
    id: 'empty',
    afterDraw: (chart) => paint(chart, (context) => {
      const { top, bottom } = chart.chartArea
      context.font = `16px "${FONT}"`
      context.fillStyle = palette.faint
      context.textAlign = 'center'
      context.textBaseline = 'middle'
      context.fillText(text, chart.width / 2, (top + bottom) / 2, WIDTH * 0.8)
    }),
  }
}

/** A text of at most so many characters, with '…' where some are left out. */
export function shortened(text: string, longest: number): string {
  const letters = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment)
  return letters.length <= longest ? text : `${letters.slice(0, longest - 1).join('').trimEnd()}…`
}
