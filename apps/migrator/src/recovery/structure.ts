import { readMigrations } from '../migrations/folder.ts'
import { type Connection, openMemory, withDatabase } from '../sqlite/connection.ts'
import type { Catalog } from '../structure/catalog.ts'
import { normalize } from '../structure/ddl.ts'
import { replayStepwise } from '../structure/reference.ts'
import type { SchemaRow } from './schema-rows.ts'

/** An object of the structure that the salvaged file gets. */
export type Definition = Pick<SchemaRow, 'type' | 'name' | 'table'> & { readonly sql: string }

/**
 * The structure for the salvaged file: the damaged file's own, and what is unreadable of it from the version that
 * agrees with the rest most: one after each of the migrations, or the backup's.
 *
 * @returns the objects, and the names of those that are not the file's own
 */
export function chooseStructure(rows: readonly SchemaRow[], damaged: boolean, backup: string | null, prismaDir: string): { readonly objects: readonly Definition[]; readonly added: readonly string[] } {
  const own = usable(rows.flatMap(({ type, name, table, sql }) => (sql === null ? [] : [{ type, name, table, sql }])))
  if (!damaged) return { objects: own, added: [] }
  const ofBackup = backup === null ? [] : withDatabase(backup, { readonly: true }, ownObjects)
  const versions = [...replayStepwise(readMigrations(prismaDir)).map(objectsOf), ...(backup === null ? [] : [ofBackup])]
  const known = new Set(own.map((object) => `${object.name} ${normalize(object.sql)}`))
  const agreement = (version: readonly Definition[]): number => version.filter((object) => known.has(`${object.name} ${normalize(object.sql)}`)).length
  const best = versions.reduce((one, other) => (agreement(other) >= agreement(one) ? other : one), [])
  const there = new Set(own.map(({ name }) => name.toLowerCase()))
  // Prisma's own ledger is in no migration.
  const ledger = ofBackup.filter(({ name }) => name === '_prisma_migrations' && !best.some((object) => object.name === name))
  const added = [...best, ...ledger].filter(({ name }) => !there.has(name.toLowerCase()))
  return { objects: usable([...own, ...added]), added: added.map(({ name }) => name) }
}

function objectsOf(catalog: Catalog): Definition[] {
  return [...catalog.tables.values(), ...catalog.indexes.values(), ...catalog.triggers.values(), ...catalog.views.values()]
}

function ownObjects(connection: Connection): Definition[] {
  return connection.prepare("SELECT type, name, tbl_name AS 'table', sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid").all() as Definition[]
}

/** The objects that SQLite can make, in an order in which it can: a damaged page may have spoilt a text. */
function usable(objects: readonly Definition[]): Definition[] {
  const memory = openMemory()
  try {
    return inOrder(objects).filter(({ name, sql }) => {
      if (name.startsWith('sqlite_')) return false
      try {
        memory.exec(sql)
        return true
      } catch {
        return false
      }
    })
  } finally {
    memory.close()
  }
}

function inOrder(objects: readonly Definition[]): Definition[] {
  const order = ['table', 'index', 'view', 'trigger']
  return objects.toSorted((one, other) => order.indexOf(one.type) - order.indexOf(other.type))
}
