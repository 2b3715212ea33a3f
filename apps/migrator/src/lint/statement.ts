import { splitStatements, type Statement, type Token } from '@trivia/schema-engine/sql'
import { bareName, meaningfulTokens } from '../structure/ddl.ts'
import { type Action, readAction } from './action.ts'

/** A statement of a migration, with what it does. */
export interface LintStatement {
  readonly sql: string
  /** Its first line in migration.sql. */
  readonly line: number
  readonly lastLine: number
  /** Its tokens that carry meaning; their lines are those of migration.sql. */
  readonly tokens: readonly Token[]
  readonly action: Action
}

/** A statement that does one kind of thing. */
export type StatementOf<K extends Action['kind']> = LintStatement & { readonly action: Extract<Action, { kind: K }> }

/** Takes a migration apart. */
export function readStatements(sql: string): LintStatement[] {
  return splitStatements(sql).map(readStatement)
}

function readStatement({ sql, line }: Statement): LintStatement {
  const tokens = meaningfulTokens(sql).map((token) => ({ ...token, line: token.line + line - 1 }))
  return { sql, line, lastLine: line + sql.split('\n').length - 1, tokens, action: readAction(tokens) }
}

/** The statements that do one kind of thing, in their order. */
export function statementsOf<K extends Action['kind']>(statements: readonly LintStatement[], kind: K): StatementOf<K>[] {
  return statements.filter((statement): statement is StatementOf<K> => statement.action.kind === kind)
}

/** The line on which a name first stands in a statement; the statement's own where it does not. */
export function lineOfName(statement: LintStatement, name: string): number {
  return statement.tokens.find((token) => token.kind !== 'string' && bareName(token) === name.toLowerCase())?.line ?? statement.line
}

/** A statement as it was written, on one line and not too long, for messages. */
export function shortSql(statement: LintStatement): string {
  const text = statement.tokens.map((token) => token.text).join(' ')
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
