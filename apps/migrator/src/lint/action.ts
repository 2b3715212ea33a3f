import type { Token } from '@trivia/schema-engine/sql'
import { bareName, closingOf, splitAtCommas } from '../structure/ddl.ts'

type Tokens = readonly Token[]

/** What a statement does, as far as the rules care. All names are in lower case and without quotes. */
export type Action =
  | { readonly kind: 'create-table'; readonly table: string; readonly temporary: boolean }
  | { readonly kind: 'create-index'; readonly name: string; readonly table: string; readonly unique: boolean; readonly columns: readonly Tokens[]; readonly where: Tokens | null }
  | { readonly kind: 'drop'; readonly type: string; readonly name: string }
  | { readonly kind: 'rename-table'; readonly table: string; readonly to: string }
  | { readonly kind: 'rename-column'; readonly table: string; readonly column: string; readonly to: string }
  | { readonly kind: 'add-column'; readonly table: string; readonly column: string; readonly definition: Tokens }
  | { readonly kind: 'drop-column'; readonly table: string; readonly column: string }
  | { readonly kind: 'alter-table'; readonly table: string }
  | { readonly kind: 'insert'; readonly table: string; readonly columns: readonly string[] | null; readonly select: Tokens | null; readonly replaces: boolean }
  | { readonly kind: 'update'; readonly table: string; readonly sets: readonly string[]; readonly where: boolean }
  | { readonly kind: 'delete'; readonly table: string; readonly where: boolean }
  | { readonly kind: 'pragma'; readonly name: string; readonly value: string | null }
  | { readonly kind: 'transaction' | 'attach' | 'vacuum' | 'other'; readonly verb: string }

const FILLERS = new Set(['if', 'not', 'exists', 'temp', 'temporary', 'unique', 'virtual'])
const TRANSACTION = new Set(['begin', 'commit', 'end', 'rollback', 'savepoint', 'release'])

/** Reads what a statement does from its tokens. */
export function readAction(all: Tokens): Action {
  const tokens = withoutCommonTables(all)
  const words = tokens.map(bareName)
  const verb = words[0] ?? ''
  if (verb === 'create') return readCreate(tokens, words)
  if (verb === 'drop') return { kind: 'drop', type: words[1] ?? '', name: nameAt(words, 2).name }
  if (verb === 'alter' && words[1] === 'table') return readAlter(tokens, words)
  if (verb === 'insert' || verb === 'replace') return readInsert(tokens, words)
  if (verb === 'update') return readUpdate(tokens, words)
  if (verb === 'delete') return { kind: 'delete', table: nameAt(words, 2).name, where: hasWhere(tokens, 0) }
  if (verb === 'pragma') {
    const { name, next } = nameAt(words, 1)
    return { kind: 'pragma', name, value: words[next] === '=' || words[next] === '(' ? words[next + 1] ?? null : null }
  }
  if (TRANSACTION.has(verb)) return { kind: 'transaction', verb }
  if (verb === 'attach' || verb === 'detach') return { kind: 'attach', verb }
  return { kind: verb === 'vacuum' ? 'vacuum' : 'other', verb }
}

/** Where a word stands outside of parentheses, from a place on; -1 where it does not. */
export function outside(tokens: Tokens, word: string, from = 0): number {
  let depth = 0
  for (let at = from; at < tokens.length; at++) {
    const token = tokens[at]
    if (token?.text === '(') depth++
    else if (token?.text === ')') depth--
    else if (depth === 0 && token?.kind === 'word' && token.text.toLowerCase() === word) return at
  }
  return -1
}

/** Whether a condition chooses rows; one that is always true does not. */
function hasWhere(tokens: Tokens, from: number): boolean {
  const at = outside(tokens, 'where', from)
  return at !== -1 && !/^(?:1|true|1==?1)$/i.test(tokens.slice(at + 1).map((token) => token.text).join(''))
}

/** WITH … before the statement itself. */
function withoutCommonTables(tokens: Tokens): Tokens {
  if (tokens[0]?.text.toLowerCase() !== 'with') return tokens
  const starts = ['insert', 'replace', 'update', 'delete', 'select'].map((verb) => outside(tokens, verb)).filter((at) => at !== -1)
  return starts.length === 0 ? tokens : tokens.slice(Math.min(...starts))
}

/** The name at a place, past fillers and the schema before it, and where it ends. */
function nameAt(words: readonly string[], from: number): { name: string; next: number } {
  let at = from
  while (FILLERS.has(words[at] ?? '')) at++
  if (words[at + 1] === '.') at += 2
  return { name: words[at] ?? '', next: at + 1 }
}

function readCreate(tokens: Tokens, words: readonly string[]): Action {
  const type = words.slice(1).find((word) => !FILLERS.has(word)) ?? ''
  const { name, next } = nameAt(words, words.indexOf(type) + 1)
  if (type === 'table') return { kind: 'create-table', table: name, temporary: words[1]?.startsWith('temp') === true }
  if (type !== 'index') return { kind: 'other', verb: `create ${type}` }
  const close = closingOf(tokens, next + 2)
  const where = outside(tokens, 'where', close + 1)
  return {
    kind: 'create-index',
    name,
    table: words[next + 1] ?? '',
    unique: words[1] === 'unique',
    columns: splitAtCommas(tokens.slice(next + 3, close)),
    where: where === -1 ? null : tokens.slice(where + 1),
  }
}

function readAlter(tokens: Tokens, words: readonly string[]): Action {
  const { name: table, next } = nameAt(words, 2)
  const [verb, second, third] = words.slice(next, next + 3)
  if (verb === 'rename' && second === 'to') return { kind: 'rename-table', table, to: third ?? '' }
  if (verb === 'rename') {
    const at = next + (second === 'column' && words[next + 3] === 'to' ? 2 : 1)
    return { kind: 'rename-column', table, column: words[at] ?? '', to: words[at + 2] ?? '' }
  }
  if (verb === 'add' && !['constraint', 'check'].includes(second ?? '')) {
    const at = next + (second === 'column' ? 2 : 1)
    return { kind: 'add-column', table, column: words[at] ?? '', definition: tokens.slice(at + 1) }
  }
  if (verb === 'drop' && second !== 'constraint') return { kind: 'drop-column', table, column: (second === 'column' ? third : second) ?? '' }
  return { kind: 'alter-table', table }
}

function readInsert(tokens: Tokens, words: readonly string[]): Action {
  const { name: table, next: after } = nameAt(words, words.indexOf('into') + 1)
  const next = words[after] === 'as' ? after + 2 : after
  const close = words[next] === '(' ? closingOf(tokens, next) : -1
  const select = outside(tokens, 'select', Math.max(next, close + 1))
  return {
    kind: 'insert',
    table,
    columns: close === -1 ? null : splitAtCommas(tokens.slice(next + 1, close)).map((part) => (part[0] === undefined ? '' : bareName(part[0]))),
    select: select === -1 ? null : tokens.slice(select),
    replaces: words[0] === 'replace' || words[2] === 'replace' || outside(tokens, 'conflict') !== -1,
  }
}

function readUpdate(tokens: Tokens, words: readonly string[]): Action {
  const { name: table, next } = nameAt(words, words[1] === 'or' ? 3 : 1)
  const set = outside(tokens, 'set', next)
  const ends = ['where', 'from', 'returning'].map((word) => outside(tokens, word, set)).filter((at) => at !== -1)
  const parts = set === -1 ? [] : splitAtCommas(tokens.slice(set + 1, Math.min(tokens.length, ...ends)))
  const sets = parts.flatMap((part) => part[0]?.text === '(' ? splitAtCommas(part.slice(1, closingOf(part, 0))).flat().map(bareName) : part.slice(0, 1).map(bareName))
  return { kind: 'update', table, sets, where: hasWhere(tokens, set) }
}
