import type { PrismaClient } from '@trivia/database'
import type { GameContext } from '../features/game/index.ts'

/** What an operation that is not of the hot path works with. */
export interface ClientContext {
  readonly prisma: PrismaClient
  /** Milliseconds since 1970. */
  readonly now: number
}

/**
 * Something that the bot asks of the database, run in a worker so that waiting for a lock stops nobody.
 *
 * `write` and `read` use named queries and are synchronous: writes that come together share one transaction on disk,
 * each in a savepoint of its own. `client` goes through Prisma Client, alone in its lane.
 */
export type Operation =
  | { readonly kind: 'write' | 'read'; readonly asOfRequest?: true; readonly run: (context: GameContext, request: never) => unknown }
  | { readonly kind: 'client-write' | 'client-read'; readonly run: (context: ClientContext, request: never) => Promise<unknown> }

export function write<Request, Result>(run: (context: GameContext, request: Request) => Result) {
  return { kind: 'write' as const, run }
}

/** A write that counts from when it was asked for, however long it had to wait: a click in time stays in time. */
export function writeAsOfRequest<Request, Result>(run: (context: GameContext, request: Request) => Result) {
  return { kind: 'write' as const, asOfRequest: true as const, run }
}

export function read<Request, Result>(run: (context: GameContext, request: Request) => Result) {
  return { kind: 'read' as const, run }
}

export function clientWrite<Request, Result>(run: (context: ClientContext, request: Request) => Promise<Result>) {
  return { kind: 'client-write' as const, run }
}

export function clientRead<Request, Result>(run: (context: ClientContext, request: Request) => Promise<Result>) {
  return { kind: 'client-read' as const, run }
}
