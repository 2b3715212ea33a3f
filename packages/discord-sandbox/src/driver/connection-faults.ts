import { GatewayOpcodes } from 'discord-api-types/v10'
import type { Gateway } from '../gateway/gateway.ts'
import type { RateLimits } from '../rest/rate-limits.ts'

/** What goes wrong between a bot and Discord. */
export interface ConnectionFaults {
  /** Cuts every connection, without a close frame. */
  disconnect(): void
  /** Closes every connection with this code. */
  closeConnections(code: number, reason?: string): void
  /** Op 7: the bot is asked to connect again and resume. */
  requestReconnect(): void
  /** Op 9; not resumable unless told otherwise. */
  invalidateSession(resumable?: boolean): void
  /** Delays each REST answer and each gateway payload, in real milliseconds; what is left out is 0. */
  slow(delays: { restMs?: number; gatewayMs?: number }): void
  /** Refuses the next requests with 429. */
  rateLimit(count: number, retryAfterMs: number, global?: boolean): void
}

/** @param delays changed by `slow`, and read for every answer and payload */
export function createConnectionFaults(gateway: Gateway, applicationId: string, limits: RateLimits, delays: { restMs: number; gatewayMs: number }): ConnectionFaults {
  return {
    disconnect: () => gateway.each(applicationId, (_, connection) => connection.socket.terminate()),
    closeConnections: (code, reason = '') => gateway.each(applicationId, (_, connection) => connection.close(code, reason)),
    requestReconnect: () => gateway.each(applicationId, (_, connection) => connection.send({ op: GatewayOpcodes.Reconnect, t: null, s: null, d: null })),
    invalidateSession: (resumable = false) => gateway.invalidate(applicationId, resumable),
    slow: (given) => void Object.assign(delays, { restMs: 0, gatewayMs: 0 }, given),
    rateLimit: (count, retryAfterMs, global = false) => limits.force(count, retryAfterMs, global),
  }
}
