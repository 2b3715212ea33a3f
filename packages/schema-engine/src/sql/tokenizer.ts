/**
 * What a piece of SQL is. `identifier` is a quoted name ("…", `…`, […]), `word` an unquoted name or keyword,
 * `string` a '…' text or an x'…' blob.
 */
export type TokenKind =
  | 'whitespace'
  | 'comment'
  | 'string'
  | 'identifier'
  | 'word'
  | 'number'
  | 'parameter'
  | 'semicolon'
  | 'operator'

export interface Token {
  kind: TokenKind
  /** Exactly as written; the texts of all tokens make up the source again. */
  text: string
  /** Where it starts, in UTF-16 units from 0. */
  offset: number
  /** The line on which it starts, counted from 1. */
  line: number
}

// SQLite's own character classes: everything from U+0080 on belongs to names, no-break spaces included.
const PATTERNS: readonly [TokenKind, RegExp][] = [
  ['whitespace', /[ \t\n\f\r]+|^\uFEFF/y],
  ['word', /[A-Za-z_\u0080-\uFFFF][\w$\u0080-\uFFFF]*/y],
  ['number', /0[xX][\dA-Fa-f_]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?/y],
  ['parameter', /\?\d*|[@$:#][\w$\u0080-\uFFFF]+/y],
  ['operator', /\|\||->>|->|<<|>>|<=|>=|<>|!=|==/y],
]

/** The end of a quoted piece that starts at `start`; a doubled quote stands for itself. */
function endOfQuoted(sql: string, start: number, quote: string): number {
  let from = start + 1
  for (;;) {
    const close = sql.indexOf(quote, from)
    if (close === -1) return sql.length
    if (sql[close + 1] !== quote) return close + 1
    from = close + 2
  }
}

/** The end of what is closed by `closing`, or of the source where nothing closes it. */
function endAfter(sql: string, from: number, closing: string): number {
  const close = sql.indexOf(closing, from)
  return close === -1 ? sql.length : close + closing.length
}

function matchEnd(pattern: RegExp, sql: string, offset: number): number | undefined {
  pattern.lastIndex = offset
  return pattern.test(sql) ? pattern.lastIndex : undefined
}

function next(sql: string, offset: number): { kind: TokenKind; end: number } {
  const char = sql[offset]
  const following = sql[offset + 1]
  switch (char) {
    case ';':
      return { kind: 'semicolon', end: offset + 1 }
    case "'":
      return { kind: 'string', end: endOfQuoted(sql, offset, "'") }
    case '"':
    case '`':
      return { kind: 'identifier', end: endOfQuoted(sql, offset, char) }
    case '[':
      return { kind: 'identifier', end: endAfter(sql, offset + 1, ']') }
    case '-':
      if (following !== '-') break
      // The line break itself is white space, not part of the comment.
      return { kind: 'comment', end: (sql.indexOf('\n', offset) + 1 || sql.length + 1) - 1 }
    case '/':
      if (following !== '*') break
      return { kind: 'comment', end: endAfter(sql, offset + 2, '*/') }
    case 'x':
    case 'X':
      if (following !== "'") break
      return { kind: 'string', end: endOfQuoted(sql, offset + 1, "'") }
  }
  for (const [kind, pattern] of PATTERNS) {
    const end = matchEnd(pattern, sql, offset)
    if (end !== undefined) return { kind, end }
  }
  return { kind: 'operator', end: offset + 1 }
}

/** Takes SQL apart the way SQLite does. Never throws: what is not closed reaches to the end. */
export function tokenize(sql: string): Token[] {
  const tokens: Token[] = []
  let offset = 0
  let line = 1
  while (offset < sql.length) {
    const { kind, end } = next(sql, offset)
    const text = sql.slice(offset, end)
    tokens.push({ kind, text, offset, line })
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) line += 1
    offset = end
  }
  return tokens
}
