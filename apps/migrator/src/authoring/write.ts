import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterFailure, MigratorError } from '../errors.ts'
import type { Migration } from '../migrations/folder.ts'
import { readMigrations } from '../migrations/folder.ts'
import type { Catalog } from '../structure/catalog.ts'
import { type Reference, replay } from '../structure/reference.ts'
import { proposeDeclaration } from './declare.ts'
import type { Mended } from './mend.ts'
import { folderName } from './name.ts'

/** What a new migration is written from. */
export interface WriteRequest {
  readonly prismaDir: string
  readonly migrations: readonly Migration[]
  /** What they lead to. */
  readonly reference: Reference
  readonly slug: string
  readonly mended: Mended
  readonly why: string
  readonly now: Date
}

/** A migration that was just written. */
export interface Written {
  readonly name: string
  readonly version: number
  readonly files: readonly string[]
  /** All migrations, the new one last. */
  readonly migrations: readonly Migration[]
  readonly toExplain: readonly string[]
}

/** Writes migration.sql and preserve.json; nothing stays of a half-written one. */
export async function writeMigration({ prismaDir, migrations, reference, slug, mended, why, now }: WriteRequest): Promise<Written> {
  const version = (reference.version ?? 0) + 1
  const name = folderName(slug, version, now, migrations)
  const folder = join(prismaDir, 'migrations', name)
  const files = ['migration.sql', 'preserve.json'].map((file) => join(folder, file))
  const sql = migrationText(slug, version, mended.sql, reference.catalog)
  try {
    mkdirSync(folder)
    writeFileSync(join(folder, 'migration.sql'), sql)
    const all = readMigrations(prismaDir)
    const before = reference.catalog
    const { text, toExplain } = proposeDeclaration({ sql, before, after: catalogAfter(all) ?? before, unmended: mended.unmended, why })
    writeFileSync(join(folder, 'preserve.json'), text)
    return { name, version, files, migrations: all, toExplain }
  } catch (error) {
    throw await afterFailure(error, () => rmSync(folder, { recursive: true, force: true }))
  }
}

function migrationText(slug: string, version: number, sql: string, catalog: Catalog): string {
  const words = slug.replaceAll('_', ' ')
  const parts = [
    `-- Version ${version}: ${words}.`,
    sql === '' ? '-- What changes rows goes here, with a WHERE; preserve.json says what it may change, lose or add.' : sql,
    ...(catalog.tables.has('schema_version') ? [`INSERT INTO schema_version (version) VALUES (${version});`] : []),
  ]
  return `${parts.join('\n\n')}\n`
}

/** Null where the new migration fails on an empty database: lint says at which statement. */
function catalogAfter(migrations: readonly Migration[]): Catalog | null {
  try {
    return replay(migrations).catalog
  } catch (error) {
    if (error instanceof MigratorError) return null
    throw error
  }
}
