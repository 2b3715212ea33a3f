import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { splitStatements } from '@trivia/schema-engine/sql'
import { failed, messageOf } from '../errors.ts'
import { folderChecksum, type Migration } from '../migrations/folder.ts'
import { readVersion } from '../migrations/ledger.ts'
import { type Connection, openMemory } from '../sqlite/connection.ts'
import { type Catalog, readCatalog } from './catalog.ts'

/** What migrations make of an empty database. */
export interface Reference {
  readonly catalog: Catalog
  /** The schema version after them; null where they set none. */
  readonly version: number | null
}

const HEADER = /^-- migrations: ([0-9a-f]{64})$/m
const VERSION = /^-- version: (\d+)$/m

/** Applies migrations to an empty database in memory. */
export function replay(migrations: readonly Migration[]): Reference {
  const memory = openMemory()
  try {
    for (const migration of migrations) applyInMemory(memory, migration)
    return { catalog: readCatalog(memory), version: readVersion(memory) }
  } finally {
    memory.close()
  }
}

/** The structure after each of the migrations, the empty one first: n + 1 for n migrations. */
export function replayStepwise(migrations: readonly Migration[]): Catalog[] {
  const memory = openMemory()
  try {
    const steps = [readCatalog(memory)]
    for (const migration of migrations) {
      applyInMemory(memory, migration)
      steps.push(readCatalog(memory))
    }
    return steps
  } finally {
    memory.close()
  }
}

/**
 * The structure that a database with all of the folder's migrations must have: structure.sql where it was made
 * of just these migrations, else (a copy of the folder with more migrations in it) what they make of an empty
 * database.
 */
export function readReference(prismaDir: string, migrations: readonly Migration[]): Reference {
  const file = join(prismaDir, 'structure.sql')
  if (!existsSync(file)) return replay(migrations)
  const sql = readFileSync(file, 'utf8')
  if (HEADER.exec(sql)?.[1] !== folderChecksum(migrations)) return replay(migrations)
  const memory = openMemory()
  try {
    memory.exec(sql)
    const version = VERSION.exec(sql)?.[1]
    return { catalog: readCatalog(memory), version: version === undefined ? null : Number(version) }
  } catch {
    // A test says that it is out of date; the migrations themselves are at hand.
    return replay(migrations)
  } finally {
    memory.close()
  }
}

/** The text of structure.sql: the DDL after all migrations, in the order in which it can be run. */
export function renderStructure(migrations: readonly Migration[]): string {
  const { catalog, version } = replay(migrations)
  const objects = [...catalog.tables.values(), ...catalog.indexes.values(), ...catalog.triggers.values(), ...catalog.views.values()]
  return [
    '-- The structure of the database after all migrations.',
    '-- Made by "pnpm db:structure"; do not edit.',
    `-- migrations: ${folderChecksum(migrations)}`,
    ...(version === null ? [] : [`-- version: ${version}`]),
    '',
    ...objects.map((object) => `${object.sql.replace(/^CREATE TABLE "(\w+)"/, 'CREATE TABLE $1')};\n`),
  ].join('\n')
}

function applyInMemory(memory: Connection, migration: Migration): void {
  // The rows that a migration's own rows may belong to are not there.
  memory.pragma('foreign_keys = OFF')
  for (const statement of splitStatements(migration.sql)) {
    try {
      memory.exec(statement.sql)
    } catch (error) {
      throw failed({
        code: 'MIGRATION_FAILED',
        what: `The migration ${migration.name} fails in its statement ${statement.index + 1} on an empty database.`,
        why: `${messageOf(error)} (${migration.file}:${statement.line}).`,
        next: 'Mend the migration and deploy again; the live database is as before.',
        details: [`line ${statement.line}: ${statement.sql.split('\n', 1)[0]}`],
      }, error)
    }
  }
}
