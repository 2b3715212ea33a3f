import { createHmac, randomBytes } from 'node:crypto'
import { type DestinationStream, type Logger, pino } from 'pino'

/** A log that carries no player's id and no token. */
export interface BotLog {
  readonly log: Logger
  /** What stands for a player in this run's log: the same for the same player, and nobody else can tell who. */
  readonly player: (userId: string) => string
}

/** @param destination standard output by default */
export function createLog(level: string, destination?: DestinationStream): BotLog {
  const options = {
    level, base: null, redact: { paths: ['token', 'authorization', '*.token', '*.authorization', 'headers'], censor: '…' },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: withoutIds },
  }
  const key = randomBytes(32)
  return {
    log: destination === undefined ? pino(options) : pino(options, destination),
    player: (userId) => createHmac('sha256', key).update(userId).digest('base64url').slice(0, 10),
  }
}

/** Errors of Discord and of the database may quote a URL or a value: ids and tokens in them are taken out. */
function withoutIds(error: unknown): object {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return { type: name, code, message: scrub(message), stack: scrub(stack ?? '') }
}

function scrub(text: string): string {
  return text.replaceAll(/\b\d{15,21}\b/g, '#').replaceAll(/(webhooks|interactions)\/\S+/g, '$1/…')
}
