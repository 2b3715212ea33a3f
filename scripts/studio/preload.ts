/**
 * Loaded into Prisma Studio's process before Studio itself (node --import), which needs two things of this
 * project and has no options for them.
 */
/* eslint-disable @typescript-eslint/unbound-method -- each is called with the object that it was called on */
import { Server, type IncomingMessage, type ServerResponse } from 'node:http'
import { DatabaseSync, StatementSync } from 'node:sqlite'

// 1. Discord ids are above 2^53, for which node:sqlite throws unless asked for BigInt; Studio then shows no row
//    at all. JSON has no BigInt: an id that does not fit into a number goes to the page as a text.
const prepare = DatabaseSync.prototype.prepare
DatabaseSync.prototype.prepare = function (this: DatabaseSync, ...args: Parameters<typeof prepare>): StatementSync {
  const statement = prepare.apply(this, args)
  statement.setReadBigInts(true)
  return statement
}

const exact = (value: unknown): unknown => {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString()
  if (Array.isArray(value)) return value.map(exact)
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  return Object.fromEntries(Object.entries(value).map(([column, each]) => [column, exact(each)]))
}

for (const name of ['all', 'get'] as const) {
  const read = StatementSync.prototype[name] as (this: StatementSync, ...args: unknown[]) => unknown
  Object.defineProperty(StatementSync.prototype, name, {
    value(this: StatementSync, ...args: unknown[]): unknown {
      return exact(read.apply(this, args))
    },
  })
}

// 2. Studio's page asks Prisma's server for updates. The browser is told to talk to nobody but this one.
const emit = Server.prototype.emit as (this: Server, event: string, ...args: unknown[]) => boolean
Server.prototype.emit = function (this: Server, event: string, ...args: unknown[]): boolean {
  const [, response] = args as [IncomingMessage, ServerResponse]
  if (event === 'request') response.setHeader('Content-Security-Policy', "connect-src 'self'")
  return emit.call(this, event, ...args)
}
