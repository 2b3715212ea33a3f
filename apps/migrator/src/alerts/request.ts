import { createHmac } from 'node:crypto'
import type { Alert } from './alert.ts'
import { discordMessage } from './discord-message.ts'
import type { Receiver } from './receiver.ts'

/** An HTTP request that carries an alert. */
export interface AlertRequest {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * Makes the request. The signature is made anew in each attempt, so that a receiver may refuse old ones; the
 * idempotency key stays, so that it may drop what it has already.
 */
export function requestFor(alert: Alert, { url, format, secret }: Receiver, now: Date): AlertRequest {
  const body = JSON.stringify(format === 'discord' ? discordMessage(alert) : { version: 1, ...alert })
  const timestamp = String(Math.floor(now.getTime() / 1000))
  const target = new URL(url)
  // Discord then answers when the message is there, and with an error where it is not.
  if (format === 'discord') target.searchParams.set('wait', 'true')
  return {
    url: target,
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'trivia-migrator',
      'idempotency-key': alert.id,
      'x-trivia-timestamp': timestamp,
      ...(secret === null ? {} : { 'x-trivia-signature': `sha256=${sign(secret, timestamp, body)}` }),
    },
  }
}

/** HMAC-SHA256 of `timestamp.body`, in hex. */
export function sign(secret: string, timestamp: string, body: string): string {
  return createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')
}
