import { relative } from 'node:path'
import { existsSync } from 'node:fs'
import { refuse } from '../errors.ts'
import { assertDatabasePlace } from '../files/place.ts'

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

/** @throws MigratorError DATABASE_MISSING or NOT_A_FILE (exit 3) */
export function assertDatabaseThere(database: string): void {
  if (!existsSync(database)) {
    throw refuse({
      code: 'DATABASE_MISSING',
      what: `There is no database ${database}.`,
      why: 'The file does not exist.',
      next: 'Make it with "migrator deploy", bring one back with "migrator restore", or name another with --database PATH.',
    })
  }
  assertDatabasePlace(database, 'read')
}
