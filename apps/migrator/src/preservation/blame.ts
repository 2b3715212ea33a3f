import { splitStatements } from '@trivia/schema-engine/sql'
import type { Migration } from '../migrations/folder.ts'
import { bareName, meaningfulTokens } from '../structure/ddl.ts'

/** Statements that write rows, and those that change structure. DROP does both. */
const VERBS = {
  rows: new Set(['update', 'delete', 'insert', 'replace', 'drop']),
  structure: new Set(['drop', 'alter', 'create']),
}

/**
 * The statements of migrations that can have changed a table, as `migration.sql:12: UPDATE users …`: those that
 * write to it, or to a table that it belongs to (a cascade).
 *
 * @param what whether rows or structure were changed
 * @param names the table, its parents, and objects on it
 */
export function statementsTouching(what: keyof typeof VERBS, migrations: readonly Migration[], names: readonly string[]): string[] {
  const wanted = new Set(names.map((name) => name.toLowerCase()))
  return migrations.flatMap((migration) =>
    splitStatements(migration.sql).flatMap((statement) => {
      const tokens = meaningfulTokens(statement.sql)
      const [first] = tokens
      const verb = first?.text.toLowerCase() ?? ''
      const target = VERBS[what].has(verb) ? targetOf(tokens.map(bareName)) : undefined
      if (target === undefined || !wanted.has(target)) return []
      const text = tokens.map((token) => token.text).join(' ')
      return [`${migration.name}/migration.sql:${statement.line}: ${text.length > 100 ? `${text.slice(0, 99)}…` : text}`]
    }),
  )
}

/** What a writing statement writes to: the first name after its verb and the words that may follow it. */
function targetOf(words: readonly string[]): string | undefined {
  const skipped = new Set(['or', 'rollback', 'abort', 'replace', 'fail', 'ignore', 'into', 'from', 'table', 'index', 'trigger', 'view', 'if', 'not', 'exists', 'unique', 'main', '.'])
  return words.slice(1).find((word) => !skipped.has(word))
}
