import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { refuse, usage } from '../errors.ts'

/** One migration of the folder. */
export interface Migration {
  /** Its folder's name, by which Prisma's ledger knows it. */
  readonly name: string
  readonly folder: string
  readonly file: string
  readonly sql: string
  /** SHA-256 of the file as Prisma's ledger keeps it. */
  readonly checksum: string
  /** The same with other line ends: a checkout with CRLF is no edit. */
  readonly checksumVariants: ReadonlySet<string>
}

/**
 * Reads `migrations/` of a Prisma folder, in the order in which Prisma applies them.
 *
 * @throws MigratorError exit 2 when the folder is not there, exit 3 when a migration has no migration.sql
 */
export function readMigrations(prismaDir: string): Migration[] {
  const folder = join(prismaDir, 'migrations')
  if (!existsSync(folder)) {
    throw usage({
      code: 'PRISMA_DIR_MISSING',
      what: `There are no migrations in ${prismaDir}.`,
      why: `The folder ${folder} does not exist.`,
      next: 'Name the folder that holds schema.prisma and migrations/ with --prisma-dir DIR.',
    })
  }
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => readMigration(folder, entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

function readMigration(parent: string, name: string): Migration {
  const folder = join(parent, name)
  const file = join(folder, 'migration.sql')
  if (!existsSync(file)) {
    throw refuse({
      code: 'MIGRATION_WITHOUT_SQL',
      what: `The migration ${name} has no migration.sql.`,
      why: `${folder} was probably left behind by a checkout or a merge.`,
      next: `Remove ${folder}, or bring its migration.sql back, and deploy again.`,
    })
  }
  const sql = readFileSync(file, 'utf8')
  const unix = sql.replaceAll('\r\n', '\n')
  return {
    name,
    folder,
    file,
    sql,
    checksum: sha256(sql),
    checksumVariants: new Set([sql, unix, unix.replaceAll('\n', '\r\n')].map(sha256)),
  }
}

/** The newest version that migrations insert into schema_version; null where they insert none. */
export function declaredVersion(migrations: readonly Migration[]): number | null {
  const versions = migrations.flatMap((migration) => [...migration.sql.matchAll(/INSERT(?:\s+OR\s+\w+)?\s+INTO\s+"?schema_version"?\s*\([^)]*\)\s*VALUES\s*\(\s*(\d+)/gi)].map((match) => Number(match[1])))
  return versions.length === 0 ? null : Math.max(...versions)
}

/** A number for a whole folder: it changes when any migration comes, goes or changes. Line ends do not count. */
export function folderChecksum(migrations: readonly Migration[]): string {
  return sha256(migrations.map((m) => `${m.name} ${sha256(m.sql.replaceAll('\r\n', '\n'))}\n`).join(''))
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
