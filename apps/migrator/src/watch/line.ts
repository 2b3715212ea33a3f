import type { Style } from '../terminal/output.ts'

/** A piece of a line, with its colour. */
export interface Piece {
  readonly text: string
  readonly style?: Style
}

export type Line = readonly Piece[]

/** A line of one piece. */
export function plain(text: string, style?: Style): Line {
  return [piece(text, style)]
}

export function piece(text: string, style?: Style): Piece {
  return style === undefined ? { text } : { text, style }
}

/** The line as it is written: not wider than the terminal, and without anything that would move the cursor. */
export function renderLine(line: Line, width: number, paint: (style: Style, text: string) => string): string {
  let left = width
  return line.map(({ text, style }) => {
    const characters = Array.from(text.replaceAll(/\p{Cc}|\p{Cf}/gu, '?'))
    const shown = characters.length <= left ? characters.join('') : `${characters.slice(0, Math.max(0, left - 1)).join('')}${left > 0 ? '…' : ''}`
    left = Math.max(0, left - characters.length)
    return style === undefined || shown === '' ? shown : paint(style, shown)
  }).join('')
}
