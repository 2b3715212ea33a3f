/** An error that Prisma has a code for, as the CLI prints it. */
export class UserFacingError extends Error {
  override readonly name = 'UserFacingError'
  readonly code: string
  readonly meta: Record<string, unknown>

  constructor(code: string, message: string, meta: Record<string, unknown> = {}) {
    super(message)
    this.code = code
    this.meta = meta
  }
}

/** The engine broke down. Nothing may be called on it afterwards. */
export class EnginePanic extends Error {
  override readonly name = 'EnginePanic'
}
