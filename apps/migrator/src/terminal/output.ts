import { styleText } from 'node:util'
import type { ErrorReport } from '../errors.ts'

/** The process's streams, and how much to write to them. */
export interface Terminal {
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
  readonly env: NodeJS.ProcessEnv
}

export type Style = Parameters<typeof styleText>[0]

/** Colours a text where the stream is a terminal and NO_COLOR is not set. */
export function paint(stream: NodeJS.WriteStream, style: Style, text: string): string {
  return styleText(style, text, { stream, validateStream: true })
}

/** An error for people: what, why, what to do next, and the facts behind it. */
export function renderError(error: ErrorReport, stream: NodeJS.WriteStream, verbose: boolean): string {
  const most = verbose ? Infinity : 12
  const details = error.details ?? []
  const shown = details.slice(0, most).map((line) => `    ${line}`)
  const more = details.length > shown.length ? [`    … and ${details.length - shown.length} more (--verbose shows all)`] : []
  return [
    `${paint(stream, ['red', 'bold'], error.code)}: ${error.what}`,
    `  Why:  ${error.why}`,
    ...(details.length > 1 ? [...shown, ...more] : []),
    `  Next: ${error.next}`,
  ].join('\n')
}

/** Rows under headings, numbers to the right. */
export function renderTable(headings: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = [headings, ...rows.map((row) => row.map(String))]
  const widths = headings.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)))
  const isNumber = headings.map((_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === 'number'))
  return cells
    .map((row) => row.map((cell, column) => (isNumber[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0))).join('  ').trimEnd())
    .join('\n')
}

/** A duration for people. */
export function renderDuration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
}
