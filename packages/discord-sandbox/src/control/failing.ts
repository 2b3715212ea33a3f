import { z } from 'zod'
import { command, type Endpoints } from './endpoint.ts'

const milliseconds = z.number().nonnegative()
const nothing = z.strictObject({})

/** The clock, and what goes wrong. */
export const failing: Endpoints = {
  'POST /advance': command(z.strictObject({ milliseconds }), (sandbox, body) => sandbox.advance(body.milliseconds)),
  'POST /disconnect': command(nothing, (sandbox) => sandbox.disconnect()),
  'POST /close-connections': command(z.strictObject({ code: z.number().int().min(1000).max(4999), reason: z.string().max(100).optional() }), (sandbox, body) => sandbox.closeConnections(body.code, body.reason)),
  'POST /reconnect': command(nothing, (sandbox) => sandbox.requestReconnect()),
  'POST /invalid-session': command(z.strictObject({ resumable: z.boolean().default(false) }), (sandbox, body) => sandbox.invalidateSession(body.resumable)),
  'POST /slow': command(z.strictObject({ restMs: milliseconds.default(0), gatewayMs: milliseconds.default(0) }), (sandbox, body) => sandbox.slow(body)),
  'POST /rate-limit': command(z.strictObject({ requests: z.number().int().nonnegative(), retryAfterMs: z.number().positive(), global: z.boolean().default(false) }), (sandbox, body) => sandbox.rateLimit(body.requests, body.retryAfterMs, body.global)),
}
