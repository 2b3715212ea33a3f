import type { Token } from '@trivia/schema-engine/sql'
import { bareName, parseCreateTable, splitAtCommas } from '../structure/ddl.ts'
import { outside } from './action.ts'
import { type LintStatement, type StatementOf, statementsOf } from './statement.ts'

/** A table that is made anew with its rows: Prisma's way to change what ALTER TABLE cannot. */
export interface Rebuild {
  readonly table: string
  readonly create: StatementOf<'create-table'>
  /** The copying of the rows; undefined where nothing is copied. */
  readonly insert: StatementOf<'insert'> | undefined
  readonly drop: StatementOf<'drop'>
  /** What each column of the new table is filled with; columns that are left to their default are not in it. */
  readonly filledWith: ReadonlyMap<string, readonly Token[]>
  /** Whether every row is copied, as far as the SELECT tells. */
  readonly everyRow: boolean
}

/**
 * Finds tables that are made under another name, filled, and put in the old one's place; or made in the place of the
 * old one, which was given another name before.
 */
export function findRebuilds(statements: readonly LintStatement[]): Rebuild[] {
  const creates = statementsOf(statements, 'create-table')
  const drops = statementsOf(statements, 'drop').filter((drop) => drop.action.type === 'table')
  const place = (statement: LintStatement): number => statements.indexOf(statement)
  return statementsOf(statements, 'rename-table').flatMap((rename) => {
    const { table: from, to } = rename.action
    const madeBefore = creates.find((create) => create.action.table === from && place(create) < place(rename))
    const [table, made, source] = madeBefore === undefined ? [from, from, to] : [to, from, to]
    const create = madeBefore ?? creates.find((each) => each.action.table === made && place(each) > place(rename))
    const drop = drops.find((each) => each.action.name === source)
    if (create === undefined || drop === undefined) return []
    const insert = statementsOf(statements, 'insert').find((each) => each.action.table === made && each.action.select !== null)
    return [{ table, create, insert, drop, ...readCopy(create, insert, source) }]
  })
}

const NARROWING = ['where', 'group', 'having', 'limit', 'join', 'union', 'except', 'intersect']

function readCopy(create: LintStatement, insert: StatementOf<'insert'> | undefined, source: string): Pick<Rebuild, 'filledWith' | 'everyRow'> {
  const select = insert?.action.select
  if (insert === undefined || select === undefined || select === null) return { filledWith: new Map(), everyRow: false }
  const columns = insert.action.columns ?? [...parseCreateTable(create.sql).columns.keys()]
  const from = outside(select, 'from')
  const values = splitAtCommas(select.slice(1, from === -1 ? undefined : from))
  const isStar = values.length === 1 && values[0]?.length === 1 && values[0][0]?.text === '*'
  const filledWith = new Map(columns.map((column, at) => [column, isStar ? [{ kind: 'word', text: column, offset: 0, line: 0 } as const] : values[at] ?? []]))
  const readsSource = from !== -1 && select.slice(from + 1).map(bareName).includes(source)
  const narrowed = NARROWING.some((word) => outside(select, word) !== -1) || select[1]?.text.toLowerCase() === 'distinct' || from + 2 < select.length && select[from + 2]?.text === ','
  const ignores = insert.tokens[1]?.text.toLowerCase() === 'or'
  return { filledWith, everyRow: readsSource && !narrowed && !ignores }
}

/** The column that a value is, where it is nothing more; `AS …` and the table before it do not count. */
export function plainColumn(value: readonly Token[]): string | null {
  const as = outside(value, 'as')
  const tokens = as === -1 ? value : value.slice(0, as)
  const name = tokens.length === 3 && tokens[1]?.text === '.' ? tokens[2] : tokens.length === 1 ? tokens[0] : undefined
  return name !== undefined && (name.kind === 'word' || name.kind === 'identifier') ? bareName(name) : null
}
