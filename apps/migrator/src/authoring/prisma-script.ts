import { bareName, closingOf, meaningfulTokens } from '../structure/ddl.ts'
import type { LintStatement } from '../lint/statement.ts'

/** `DEFAULT f(x)` is no SQL, `DEFAULT (f(x))` is. */
export function parenthesizeDefaults(sql: string): string {
  const tokens = meaningfulTokens(sql)
  const places = tokens.flatMap((token, at) => {
    const isCall = token.kind === 'word' && bareName(token) === 'default' && tokens[at + 1]?.kind === 'word' && tokens[at + 2]?.text === '('
    const [start, end] = [tokens[at + 1], tokens[closingOf(tokens, at + 2)]]
    return isCall && start !== undefined && end !== undefined ? [{ from: start.offset, to: end.offset + 1 }] : []
  })
  return places.toReversed().reduce((text, { from, to }) => `${text.slice(0, from)}(${text.slice(from, to)})${text.slice(to)}`, sql)
}

/** What Prisma does with foreign keys off: from the PRAGMAs that switch them off to those that switch them on again. */
export function bracketsOf(statements: readonly LintStatement[]): LintStatement[][] {
  const brackets: LintStatement[][] = []
  let state: 'outside' | 'inside' | 'closing' = 'outside'
  for (const statement of statements) {
    const { action } = statement
    const isPragma = action.kind === 'pragma'
    const isOn = isPragma && (action.value === 'on' || action.value === '1')
    if (state === 'closing' && !(isPragma && action.name === 'defer_foreign_keys' && !isOn)) state = 'outside'
    if (state === 'outside' && isPragma) brackets.push([])
    if (state !== 'outside' || isPragma) brackets.at(-1)?.push(statement)
    if (isPragma) state = action.name === 'foreign_keys' && isOn ? 'closing' : state === 'outside' ? 'inside' : state
  }
  return brackets
}

/** The script with some statements written otherwise; the comments of those go with them. */
export function assemble(sql: string, statements: readonly LintStatement[], replaced: ReadonlyMap<LintStatement, string>): string {
  const lines = sql.split('\n')
  let text = ''
  for (const [at, statement] of statements.entries()) {
    const instead = replaced.get(statement)
    const original = lines.slice(statements[at - 1]?.lastLine ?? 0, statement.lastLine).join('\n')
    const piece = instead ?? original.trim()
    if (piece === '') continue
    const isNext = instead === undefined && !original.startsWith('\n') && !replaced.has(statements[at - 1] ?? statement)
    text += text === '' ? piece : `${isNext ? '\n' : '\n\n'}${piece}`
  }
  return text
}
