import Sqlite from 'better-sqlite3'
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** After all real ones. It changes no row and no version, so the bot plays on. */
const NAME = '99991231000000_practice'
const INDEX = 'idx_practice_answers_time'

const SQL = `-- A migration to practise with. It is taken back after the deploy.\nCREATE INDEX ${INDEX} ON answers (milliseconds, is_correct);\n`

export interface Practice {
  readonly folder: string
  readonly prisma: string
  readonly backups: string
}

/** Copies the Prisma folder and adds a harmless migration, for a deploy of the development database. */
export function preparePractice(database: string, prismaDir: string): Practice {
  const folder = join(dirname(database), 'practice')
  rmSync(folder, { recursive: true, force: true })
  const prisma = join(folder, 'prisma')
  cpSync(prismaDir, prisma, { recursive: true })
  mkdirSync(join(prisma, 'migrations', NAME), { recursive: true })
  writeFileSync(join(prisma, 'migrations', NAME, 'migration.sql'), SQL)
  return { folder, prisma, backups: join(folder, 'backups') }
}

/** Takes the practice migration back: nothing if it is not there, so that one that was interrupted does no harm. */
export function undoPractice(database: string): void {
  if (!existsSync(database)) return
  const connection = new Sqlite(database, { timeout: 10_000 })
  try {
    const ledger = connection.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = '_prisma_migrations'").get()
    if (ledger === undefined) return
    connection.transaction(() => {
      connection.exec(`DROP INDEX IF EXISTS ${INDEX}`)
      connection.prepare('DELETE FROM _prisma_migrations WHERE migration_name = ?').run(NAME)
    }).immediate()
  } finally {
    connection.close()
  }
}
