export interface BotErrorParts {
  readonly code: string
  readonly what: string
  readonly why: string
  /** The next command to type. */
  readonly next: string
  /** 2: wrong settings. 3: refused, nothing touched. */
  readonly exitCode: 2 | 3
}

/** Something that the operator can mend: it is shown without a stack. */
export class BotError extends Error {
  override readonly name = 'BotError'
  readonly code: string
  readonly why: string
  readonly next: string
  readonly exitCode: 2 | 3

  constructor({ code, what, why, next, exitCode }: BotErrorParts) {
    super(what)
    this.code = code
    this.why = why
    this.next = next
    this.exitCode = exitCode
  }

  /** For a terminal. */
  describe(): string {
    return `${this.code}: ${this.message}\n  Why:  ${this.why}\n  Next: ${this.next}`
  }
}
