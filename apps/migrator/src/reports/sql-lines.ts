import { tokenize } from '@trivia/schema-engine/sql'
import { normalize } from '../structure/ddl.ts'

/**
 * SQL in lines that can be compared: each column and constraint of a CREATE TABLE on one of its own, however it was
 * written. SQLite keeps a table's text as it was typed and hangs added columns on its last line.
 */
export function sqlLines(sql: string): string[] {
  const lines: string[] = ['']
  let depth = 0
  const add = (text: string): void => void lines.push((lines.pop() ?? '') + text)
  const isTable = /^\s*create\s+(temp\w*\s+)?table\b/i.test(sql)
  if (!isTable) return sql.split('\n').map((line) => line.trimEnd())
  for (const { kind, text } of tokenize(sql)) {
    if (kind === 'comment') {
      add(text.trim())
      // What follows a comment to the end of the line has to stay outside of it.
      lines.push('  '.repeat(Math.min(depth, 1)))
    } else if (kind === 'whitespace') add(lines.at(-1)?.trim() === '' || lines.at(-1)?.endsWith(' ') === true ? '' : ' ')
    else if (text === '(' && ++depth === 1) {
      add(text)
      lines.push('  ')
    } else if (text === ')' && --depth === 0) lines.push(text)
    else if (text === ',' && depth === 1) {
      add(text)
      lines.push('  ')
    } else add(text)
  }
  return lines.map((line) => line.trimEnd()).filter((line) => line !== '')
}

/** One text for all ways to write a line; a comment means what it says, and the comma after the last column nothing. */
export function lineMeaning(line: string): string {
  return normalize(line).replace(/ ?,$/, '') || line.trim()
}
