import type { CatalogTable, Catalog } from '../structure/catalog.ts'
import { bareName } from '../structure/ddl.ts'
import type { Subject } from './rule.ts'
import { type LintStatement, lineOfName, statementsOf } from './statement.ts'

/** A table by its name in any case. */
export function tableOf(catalog: Catalog, name: string): CatalogTable | undefined {
  return catalog.tables.get(name) ?? [...catalog.tables.values()].find((table) => table.name.toLowerCase() === name.toLowerCase())
}

/** The tables that there are before and after a migration, as both. */
export function survivingTables({ before, after }: Subject): { table: CatalogTable; now: CatalogTable }[] {
  return [...before.tables.values()].flatMap((table) => {
    const now = tableOf(after, table.name)
    return now === undefined ? [] : [{ table, now }]
  })
}

/** The line at which a migration says what becomes of a table, or of one of its columns or objects. */
export function lineAbout(subject: Subject, table: string, name = table): number {
  const rebuild = subject.rebuilds.find((each) => each.table === table.toLowerCase())
  if (rebuild !== undefined) return lineOfName(rebuild.create, name)
  const both = naming(subject, name).filter((statement) => statement.tokens.some((token) => bareName(token) === table.toLowerCase()))
  const statement = both[0] ?? naming(subject, name).at(-1) ?? naming(subject, table).at(-1)
  return statement === undefined ? 1 : lineOfName(statement, name)
}

const SHAPES = new Set(['drop', 'alter-table', 'rename-table', 'rename-column', 'add-column', 'drop-column', 'create-table', 'create-index'])

function naming({ statements }: Subject, name: string): LintStatement[] {
  return statements.filter(({ action, tokens }) => SHAPES.has(action.kind) && tokens.some((token) => bareName(token) === name.toLowerCase()))
}

/** The names of tables that a migration makes itself: nobody's data is in them yet. */
export function ownTables(subject: Subject): ReadonlySet<string> {
  const made = statementsOf(subject.statements, 'create-table').map((statement) => statement.action.table)
  return new Set(made.filter((table) => tableOf(subject.before, table) === undefined))
}

/** The reason that `preserve.json` gives for something that goes away. */
export function droppedBecause({ declaration }: Subject, type: string, name: string): string | undefined {
  return declaration.dropped.find((each) => each.type === type && each.name.toLowerCase() === name.toLowerCase())?.why
}

/** What `preserve.json` says of a table's rows. */
export function declaredFor({ declaration }: Subject, table: string): Subject['declaration']['tables'][string] | undefined {
  return Object.entries(declaration.tables).find(([name]) => name.toLowerCase() === table.toLowerCase())?.[1]
}
