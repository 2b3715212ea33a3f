import { relative } from 'node:path'

/** A path as short as it can be said from where the caller stands. */
export function shortPath(path: string, cwd: string): string {
  const short = relative(cwd, path)
  return short !== '' && short.length < path.length ? short : path
}

/** "1 row", "2 rows". */
export function countOf(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

/** Every line moved to the right. */
export function indent(text: string): string {
  return text.split('\n').map((line) => `  ${line}`).join('\n')
}
