import { openMemory } from '../sqlite/connection.ts'
import { type CatalogTable, readCatalog } from '../structure/catalog.ts'
import { closingOf, meaningfulTokens, parseCreateTable, type TableParts } from '../structure/ddl.ts'
import { changeBetween, nameless, type WrittenPart, writtenParts } from './rendering.ts'

/**
 * The table that Prisma means when it makes one anew: the one that is there, word for word, with only what
 * schema.prisma changed. Prisma's own text would lose CHECKs, types and whatever else it does not know.
 *
 * @param present the table in Prisma's words
 * @param wantedSql Prisma's CREATE TABLE of the new one
 * @returns null where a constraint goes away that cannot be found in the real text
 */
export function mergeTable(table: CatalogTable, present: TableParts, wantedSql: string): CatalogTable | null {
  const change = changeBetween(present, parseCreateTable(wantedSql))
  const wanted = writtenParts(wantedSql).parts
  const real = writtenParts(table.sql)
  const going = new Set<WrittenPart>()
  for (const constraint of change.constraintsDropped) {
    const found = real.parts.find((part) => part.column === null && isMeantBy(constraint, nameless(part.normal)))
    if (found === undefined) return null
    going.add(found)
  }
  const isNew = (part: WrittenPart): boolean => (part.column === null ? change.constraintsAdded.includes(nameless(part.normal)) : change.added.includes(part.column))
  const texts = (isColumn: boolean): string[] => [
    ...real.parts.filter((part) => (part.column !== null) === isColumn && !going.has(part)).flatMap((part) => partNow(part, change.dropped, change.changed, wanted)),
    ...wanted.filter((part) => (part.column !== null) === isColumn && isNew(part)).map((part) => part.text),
  ]
  const body = [...texts(true), ...texts(false)].map((text) => `    ${text}`).join(',\n')
  return asTable(`CREATE TABLE ${table.name} (\n${body}\n)${real.options === '' ? '' : ` ${real.options}`}`, table.name)
}

function partNow(part: WrittenPart, dropped: readonly string[], changed: readonly string[], wanted: readonly WrittenPart[]): string[] {
  if (part.column === null) return [part.text]
  if (dropped.includes(part.column)) return []
  if (!changed.includes(part.column)) return [part.text]
  const now = wanted.find((each) => each.column === part.column)
  return now === undefined ? [part.text] : [[now.text, ...checksOf(part.text)].join(' ')]
}

/** A foreign key is known by its columns: what it does on a change may be written or left out. */
function isMeantBy(constraint: string, written: string): boolean {
  const columns = /^(foreign key|unique|primary key) \( .*? \)/.exec(constraint)?.[0]
  return written === constraint || (columns !== undefined && written.startsWith(columns))
}

function checksOf(column: string): string[] {
  const tokens = meaningfulTokens(column)
  return tokens.flatMap((token, at) => {
    const end = tokens[closingOf(tokens, at + 1)]
    if (token.kind !== 'word' || token.text.toLowerCase() !== 'check' || tokens[at + 1]?.text !== '(' || end === undefined) return []
    return [column.slice(token.offset, end.offset + 1)]
  })
}

/** Null where SQLite does not take it. */
function asTable(sql: string, name: string): CatalogTable | null {
  const memory = openMemory()
  try {
    memory.exec(sql)
    return readCatalog(memory).tables.get(name) ?? null
  } catch {
    return null
  } finally {
    memory.close()
  }
}
