import { type Connection, openMemory, quoteName } from '../sqlite/connection.ts'
import { type CatalogTable, readCatalog } from '../structure/catalog.ts'
import { listedColumns } from './columns.ts'

/**
 * The ALTER TABLE statements that lead from one form of a table to another; null where there are none. They are
 * tried: SQLite itself says whether they come to the same.
 *
 * @param renamed new names by old names
 */
export function findAlters(before: CatalogTable, after: CatalogTable, renamed: ReadonlyMap<string, string>): string[] | null {
  if (isAlike(before, after)) return []
  const alters = propose(before, after, renamed)
  if (alters.length === 0) return null
  const memory = openMemory()
  try {
    memory.pragma('foreign_keys = OFF')
    memory.exec(before.sql)
    if (alters.some((alter) => alter.includes(' ADD COLUMN '))) insertRow(memory, before)
    memory.exec(alters.map((alter) => alter.replace(/ADD (?=CHECK)/, 'ADD CONSTRAINT tried ')).join('\n'))
    const made = readCatalog(memory).tables.get(before.name)
    return made !== undefined && isAlike(made, after) ? alters : null
  } catch {
    return null
  } finally {
    memory.close()
  }
}

/** What is refused where there are rows is no proposal. The row need not be a sensible one. */
function insertRow(memory: Connection, { name, parts }: CatalogTable): void {
  const columns = [...parts.columns.keys()]
  memory.pragma('ignore_check_constraints = ON')
  memory.exec(`INSERT INTO ${quoteName(name)} (${columns.map(quoteName).join(', ')}) VALUES (${columns.map(() => '1').join(', ')})`)
  memory.pragma('ignore_check_constraints = OFF')
}

function propose(before: CatalogTable, after: CatalogTable, renamed: ReadonlyMap<string, string>): string[] {
  const alter = `ALTER TABLE ${after.name}`
  const old = listedColumns(before)
  const alters: string[] = [...renamed].map(([from, to]) => `${alter} RENAME COLUMN ${from} TO ${to};`)
  for (const { name } of old) if (!after.parts.columns.has(name) && !renamed.has(name)) alters.push(`${alter} DROP COLUMN ${name};`)
  for (const column of listedColumns(after)) {
    const there = old.find((each) => (renamed.get(each.name) ?? each.name) === column.name)
    if (there === undefined) alters.push(`${alter} ADD COLUMN ${column.name} ${written(after, column.name)};`)
    else if (column.notNull && !there.notNull) alters.push(`${alter} ALTER COLUMN ${column.name} SET NOT NULL;`)
    else if (!column.notNull && there.notNull) alters.push(`${alter} ALTER COLUMN ${column.name} DROP NOT NULL;`)
  }
  const had = before.parts.constraints
  for (const constraint of after.parts.constraints) {
    if (!had.includes(constraint) && /^(?:constraint \S+ )?check \(/.test(constraint)) alters.push(`${alter} ADD ${constraint.replace(/^constraint/, 'CONSTRAINT').replace('check (', 'CHECK (')};`)
  }
  for (const constraint of had) {
    const name = /^constraint (\S+) check \(/.exec(constraint)?.[1]
    if (name !== undefined && !after.parts.constraints.includes(constraint)) alters.push(`${alter} DROP CONSTRAINT ${name};`)
  }
  return alters
}

/** A column's definition with its type and keywords as people write them. */
function written(table: CatalogTable, column: string): string {
  const definition = table.parts.columns.get(column) ?? ''
  const keywords = /'(?:[^']|'')*'|\b(?:not|null|default|check|references|on|delete|cascade|set|in|and|or|between|unique|collate)\b/g
  const type = /^[a-z]+(?= |$)/.exec(definition)?.[0] ?? ''
  return type.toUpperCase() + definition.slice(type.length).replaceAll(keywords, (word) => (word.startsWith("'") ? word : word.toUpperCase()))
}

/** Order of columns does not count, nor where a NOT NULL stands among a column's constraints. */
function isAlike(a: CatalogTable, b: CatalogTable): boolean {
  return shape(a) === shape(b)
}

function shape({ parts, foreignKeys }: CatalogTable): string {
  const columns = [...parts.columns].map(([name, definition]) => {
    const isNotNull = /\bnot null\b/.test(definition)
    return `${name} ${definition.replace(/ ?\bnot null\b/, '')}${isNotNull ? ' not null' : ''}`.replace(/ null$/, '')
  })
  const constraints = parts.constraints.map((constraint) => constraint.replace(/^constraint tried /, ''))
  return JSON.stringify([columns.sort(), constraints.sort(), parts.options, [...foreignKeys].sort()])
}
