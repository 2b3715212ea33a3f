import type { Chart, ChartConfiguration, Plugin } from 'chart.js'
import { drawPng, FONT, paint } from './canvas.ts'
import { emptyNote, shortened, titleOf } from './layout.ts'
import { paletteOf, type Palette } from './theme.ts'
import type { BreakdownPicture, BreakdownRow } from './types.ts'

/** More rows than this cannot be read. */
const MOST_ROWS = 12
const LABEL_LENGTH = 30
/** In pixels: the corners of a bar, and the room for '1,234 / 5,678' beside it. */
const ROUND = 6
const NUMBERS_WIDTH = 84

/** Accuracy as horizontal bars, each with its percent and its numbers at the end. PNG. */
export async function drawBreakdown(picture: BreakdownPicture): Promise<Buffer> {
  const palette = paletteOf(picture.theme)
  const rows = picture.rows.slice(0, MOST_ROWS)
  const size = rows.length > 8 ? 12 : 14
  const configuration: ChartConfiguration<'bar', number[]> = {
    type: 'bar',
    data: {
      labels: rows.map(({ label }) => shortened(label, LABEL_LENGTH)),
      datasets: [
        {
          data: rows.map(accuracy), backgroundColor: rows.map((row) => levelOf(accuracy(row), palette)),
          borderRadius: ROUND, borderSkipped: false, maxBarThickness: rows.length > 4 ? 26 : 38, categoryPercentage: 0.78, barPercentage: 0.9,
        },
      ],
    },
    options: {
      indexAxis: 'y',
      layout: { padding: { top: 18, right: NUMBERS_WIDTH + 92, bottom: 16, left: 20 } },
      plugins: { title: titleOf(picture, palette), legend: { display: false }, tooltip: { enabled: false } },
      scales: {
        x: { display: false, min: 0, max: 1 },
        y: { grid: { display: false }, border: { display: false }, ticks: { color: palette.text, padding: 8, autoSkip: false, font: { family: FONT, size } } },
      },
    },
  }
  const plugins = rows.length === 0 ? [emptyNote(picture.labels.empty, palette)] : [tracks(palette), numbers(rows, picture.language, palette, size)]
  return drawPng(palette, { ...configuration, plugins })
}

/** The whole width of each bar, behind it. */
function tracks(palette: Palette): Plugin {
  return {
    id: 'tracks',
    beforeDatasetsDraw: (chart) => paint(chart, (context) => {
      context.fillStyle = palette.track
      for (const { y, height } of bars(chart)) {
        context.beginPath()
        context.roundRect(chart.chartArea.left, y - height / 2, chart.chartArea.width, height, ROUND)
        context.fill()
      }
    }),
  }
}

/** '73 %  11 / 15' to the right of each bar. */
function numbers(rows: readonly BreakdownRow[], language: string, palette: Palette, size: number): Plugin {
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 })
  const whole = new Intl.NumberFormat(language)
  return {
    id: 'numbers',
    afterDatasetsDraw: (chart) => paint(chart, (context) => {
      const edge = chart.chartArea.right
      context.textBaseline = 'middle'
      for (const [index, { y }] of bars(chart).entries()) {
        const row = rows[index]
        if (!row) continue
        context.textAlign = 'right'
        context.fillStyle = palette.text
        context.font = `bold ${size}px "${FONT}"`
        context.fillText(row.answered > 0 ? percent.format(accuracy(row)) : '–', edge + 62, y)
        context.textAlign = 'left'
        context.fillStyle = palette.faint
        context.font = `${size - 2}px "${FONT}"`
        context.fillText(`${whole.format(row.right)} / ${whole.format(row.answered)}`, edge + 72, y, NUMBERS_WIDTH)
      }
    }),
  }
}

function bars(chart: Chart): { y: number; height: number }[] {
  return chart.getDatasetMeta(0).data.map((bar) => {
    const { y, height } = bar.getProps(['y', 'height'], true) as { y: number; height: number }
    return { y, height }
  })
}

function accuracy({ right, answered }: BreakdownRow): number {
  return answered > 0 ? Math.min(1, Math.max(0, right / answered)) : 0
}

function levelOf(value: number, { levels: [weak, fair, strong] }: Palette): string {
  if (value < 0.5) return weak
  return value < 0.75 ? fair : strong
}
