import { tokenize, type Token } from './tokenizer.ts'

export interface Statement {
  /** From its first word up to its semicolon (which is left out), comments inside it included. */
  sql: string
  /** The line of its first token that is no comment, counted from 1. */
  line: number
  /** Its place in the script, counted from 0. */
  index: number
  /** Where `sql` starts in the script. */
  offset: number
}

/** How far a CREATE TRIGGER has come: its body ends with `;` `END` `;`, which nothing inside a body can look like. */
type TriggerState = 'none' | 'inside' | 'after-semicolon' | 'after-end'

const TRIGGER = /^(?:EXPLAIN (?:QUERY PLAN )?)?CREATE (?:TEMP |TEMPORARY )?TRIGGER$/
const LONGEST_TRIGGER_OPENING = 6

class StatementReader {
  #first: Token | undefined
  #opening: string[] = []
  #trigger: TriggerState = 'none'

  /** Takes the next token that is neither comment nor white space; true if a statement ends before it. */
  take(token: Token): boolean {
    if (token.kind === 'semicolon') return this.#takeSemicolon()
    this.#first ??= token
    if (this.#opening.length < LONGEST_TRIGGER_OPENING) {
      this.#opening.push(token.text.toUpperCase())
      if (TRIGGER.test(this.#opening.join(' '))) this.#trigger = 'inside'
    }
    if (this.#trigger !== 'none') {
      const closes = this.#trigger === 'after-semicolon' && token.text.toUpperCase() === 'END'
      this.#trigger = closes ? 'after-end' : 'inside'
    }
    return false
  }

  #takeSemicolon(): boolean {
    if (this.#trigger === 'none' || this.#trigger === 'after-end') return true
    this.#trigger = 'after-semicolon'
    return false
  }

  /** The first token of the statement read so far, and a fresh start for the next one. */
  finish(): Token | undefined {
    const first = this.#first
    this.#first = undefined
    this.#opening = []
    this.#trigger = 'none'
    return first
  }
}

/**
 * The statements of a script, as SQLite would run them one after the other. Knows comments, every way of
 * quoting, and the semicolons inside the body of a trigger. Pieces without a statement are left out.
 */
export function splitStatements(script: string): Statement[] {
  const statements: Statement[] = []
  const reader = new StatementReader()

  function finish(end: number): void {
    const first = reader.finish()
    if (!first) return
    const sql = script.slice(first.offset, end).replace(/[ \t\n\f\r]+$/, '')
    statements.push({ sql, line: first.line, index: statements.length, offset: first.offset })
  }

  for (const token of tokenize(script)) {
    if (token.kind === 'whitespace' || token.kind === 'comment') continue
    if (reader.take(token)) finish(token.offset)
  }
  finish(script.length)
  return statements
}
