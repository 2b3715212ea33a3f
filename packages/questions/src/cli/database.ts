import { existsSync, statSync } from 'node:fs'
import { openDatabase } from '../store/open.ts'
import type { QuestionStore } from '../store/port.ts'
import { NoQuestionsTable, sqliteStore } from '../store/sqlite-store.ts'
import { codeOf, messageOf, refuse } from './errors.ts'

/** The first version whose answers are texts of options. */
const OLDEST = 3

/**
 * Opens the questions of a database for `work`, and closes them.
 *
 * @throws CliError with exit 3 when the database is missing, locked, too old or none
 */
export function withStore<T>(path: string, { readonly }: { readonly readonly: boolean }, work: (store: QuestionStore) => T): T {
  if (!existsSync(path) || !statSync(path).isFile()) {
    throw refuse({ code: 'DATABASE_MISSING', what: `There is no database ${path}.`, why: existsSync(path) ? 'It is not a file.' : 'Nothing is there.', next: 'Make it with "pnpm --filter migrator run deploy", or name another one with --database PATH.' })
  }
  try {
    const connection = openDatabase(path, { readonly })
    try {
      const version = connection.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'schema_version'").pluck().get() === 0 ? null
        : connection.prepare<[], number | null>('SELECT max(version) FROM schema_version').pluck().get() ?? null
      if (version === null || version < OLDEST) {
        throw refuse({ code: 'SCHEMA_TOO_OLD', what: `${path} has ${version === null ? 'no schema' : `the schema's version ${version}`}.`, why: `Questions are stored in version ${OLDEST} or newer.`, next: 'Run "pnpm --filter migrator run deploy" first.' })
      }
      return work(sqliteStore(connection))
    } finally {
      connection.close()
    }
  } catch (error) {
    throw explain(error, path)
  }
}

/** Makes an expected failure of what SQLite says about the file; anything else stays what it is. */
function explain(error: unknown, path: string): unknown {
  if (error instanceof NoQuestionsTable) {
    return refuse({ code: 'TABLE_MISSING', what: `${path} is no trivia database.`, why: `${error.message}.`, next: 'Name the right one with --database PATH.' }, error)
  }
  const code = codeOf(error)
  const [name, next] = [
    [/^SQLITE_(?:BUSY|LOCKED)/, 'DATABASE_BUSY', 'Wait until the other program, such as a deploy, is done, and run the same command again.'],
    [/^SQLITE_(?:NOTADB|CORRUPT)/, 'DATABASE_BROKEN', 'Look at it with "pnpm --filter migrator run check".'],
    [/^SQLITE_(?:READONLY|CANTOPEN|PERM)/, 'DATABASE_READ_ONLY', 'Run as the user that the bot runs as, or allow writing.'],
    [/^SQLITE_(?:FULL|IOERR)/, 'DISK_FAILED', 'Make room on the disk, and run the same command again: nothing was stored.'],
    [/^SQLITE_CONSTRAINT/, 'ROW_REFUSED', 'The database has a rule that this program does not know; nothing was stored. Report it.'],
  ].find(([pattern]) => (pattern as RegExp).test(code))?.slice(1) as [string, string] | undefined ?? []
  if (name === undefined || next === undefined) return error
  return refuse({ code: name, what: `The database ${path} could not be used.`, why: `SQLite says: ${messageOf(error)}.`, next }, error)
}
