import type { Connection } from '@trivia/database/connection'
import { storedTime } from '@trivia/database/connection'
import type { Random } from '../choosing/index.ts'

/** What the rules of the game work with: a database in a transaction, the moment, and chance. */
export interface GameContext {
  readonly db: Connection
  readonly random: Random
  /** Milliseconds since 1970. */
  readonly now: number
}

/** The moment, or one `later` milliseconds after it, as the database keeps it. */
export function timeAt(context: GameContext, later = 0): string {
  return storedTime(context.now + later)
}
