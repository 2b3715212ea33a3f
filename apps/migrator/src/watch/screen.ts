import { paint, type Terminal } from '../terminal/output.ts'
import { type Line, renderLine } from './line.ts'

/** Where frames are drawn. */
export interface Screen {
  draw(lines: readonly Line[]): void
  /** Draws the last frame again, for a terminal of another size. */
  redraw(): void
  /** Gives the terminal back. */
  close(): void
}

const ENTER = '\x1b[?1049h\x1b[?25l'
const LEAVE = '\x1b[?25h\x1b[?1049l'
// Terminals that know these two show all that is between them at once.
const [BEGIN, END] = ['\x1b[?2026h', '\x1b[?2026l']
const HOME = '\x1b[H'
const REST_OF_LINE = '\x1b[K'
const REST_OF_SCREEN = '\x1b[J'

/** The whole terminal, drawn over itself without being emptied before, so that nothing flickers. What was there comes back. */
export function fullScreen({ stdout }: Terminal): Screen {
  let last: readonly Line[] = []
  // A terminal that does not know its size says 0.
  const render = (line: Line): string => renderLine(line, stdout.columns || 80, (style, text) => paint(stdout, style, text))
  const redraw = (): void => {
    const most = Math.max(1, stdout.rows - 1)
    const shown = stdout.rows > 0 && last.length > most ? [...last.slice(0, most - 1), [{ text: '…' }]] : last
    stdout.write(`${BEGIN}${HOME}${shown.map((line) => `${render(line)}${REST_OF_LINE}\r\n`).join('')}${REST_OF_SCREEN}${END}`)
  }
  stdout.write(ENTER)
  stdout.on('resize', redraw)
  return {
    draw: (lines) => {
      last = lines
      redraw()
    },
    redraw,
    close: () => {
      stdout.off('resize', redraw)
      // The last frame stays where the next command is typed.
      stdout.write(`${LEAVE}${last.map((line) => `${render(line)}\n`).join('')}`)
    },
  }
}

/** One block after the other, for logs and pipes. */
export function blocks({ stdout }: Terminal): Screen {
  return {
    draw: (lines) => void stdout.write(`${lines.map((line) => renderLine(line, Infinity, (style, text) => paint(stdout, style, text))).join('\n')}\n\n`),
    redraw: () => {},
    close: () => {},
  }
}
