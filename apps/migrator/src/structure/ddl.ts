import { type Token, tokenize } from '@trivia/schema-engine/sql'

/** The tokens of a piece of SQL that carry meaning. */
export function meaningfulTokens(sql: string): Token[] {
  return tokenize(sql).filter((token) => token.kind !== 'whitespace' && token.kind !== 'comment')
}

/**
 * One text for all ways to write the same SQL: no comments, single spaces, lower case outside of texts, no
 * quotes around names. Two DDLs with the same normal form mean the same.
 */
export function normalize(sql: string): string {
  return joinTokens(meaningfulTokens(sql))
}

/** A name without its quotes, in lower case: SQLite does not tell cases apart. */
export function bareName(token: Token): string {
  if (token.kind !== 'identifier') return token.text.toLowerCase()
  const quote = token.text.slice(-1)
  const inner = token.text.slice(1, -1)
  return (quote === ']' ? inner : inner.replaceAll(quote + quote, quote)).toLowerCase()
}

function joinTokens(tokens: readonly Token[]): string {
  return tokens.map((token) => (token.kind === 'string' ? token.text : bareName(token))).join(' ')
}

/** The parts of a CREATE TABLE between its outer parentheses, normalised. */
export interface TableParts {
  /** Column definitions by lower-case name. */
  readonly columns: ReadonlyMap<string, string>
  /** Table constraints. */
  readonly constraints: readonly string[]
  /** The conditions of all CHECKs, with the column they stand at, if any. */
  readonly checks: readonly { readonly column: string | null; readonly condition: string }[]
  /** What follows the parentheses: WITHOUT ROWID, STRICT. */
  readonly options: string
}

const CONSTRAINT_STARTS = new Set(['constraint', 'primary', 'unique', 'check', 'foreign'])

/** Takes a CREATE TABLE statement apart. */
export function parseCreateTable(sql: string): TableParts {
  const tokens = meaningfulTokens(sql)
  const open = tokens.findIndex((token) => token.text === '(')
  if (open === -1) return { columns: new Map(), constraints: [], checks: [], options: '' }
  const close = closingOf(tokens, open)
  const columns = new Map<string, string>()
  const constraints: string[] = []
  const checks: { column: string | null; condition: string }[] = []
  for (const part of splitAtCommas(tokens.slice(open + 1, close))) {
    const [first] = part
    if (first === undefined) continue
    const isConstraint = first.kind === 'word' && CONSTRAINT_STARTS.has(first.text.toLowerCase())
    const column = isConstraint ? null : bareName(first)
    if (column === null) constraints.push(joinTokens(part))
    else columns.set(column, joinTokens(part.slice(1)))
    for (const condition of checkConditions(part)) checks.push({ column, condition })
  }
  return { columns, constraints, checks, options: joinTokens(tokens.slice(close + 1)) }
}

function checkConditions(part: readonly Token[]): string[] {
  return part.flatMap((token, index) => {
    if (token.kind !== 'word' || token.text.toLowerCase() !== 'check' || part[index + 1]?.text !== '(') return []
    return [joinTokens(part.slice(index + 2, closingOf(part, index + 1)))]
  })
}

/** Where the parenthesis that opens at `open` closes; the end where it does not. */
export function closingOf(tokens: readonly Token[], open: number): number {
  let depth = 0
  for (let index = open; index < tokens.length; index++) {
    if (tokens[index]?.text === '(') depth++
    if (tokens[index]?.text === ')' && --depth === 0) return index
  }
  return tokens.length
}

/** The pieces between the commas outside of parentheses. */
export function splitAtCommas(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]]
  let depth = 0
  for (const token of tokens) {
    if (token.text === '(') depth++
    if (token.text === ')') depth--
    if (token.text === ',' && depth === 0) parts.push([])
    else parts.at(-1)?.push(token)
  }
  return parts
}
