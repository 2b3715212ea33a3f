import { rowsAbout } from '@trivia/database/queries'
import { type GameContext, timeAt } from '../game/context.ts'

/** Everything that is stored about a player as JSON; null where there is nothing. */
export function exportPlayer(context: GameContext, { userId }: { userId: string }): string | null {
  return context.db.savepoint(() => {
    const tables = rowsAbout(context.db, userId)
    return Object.keys(tables).length === 0 ? null : JSON.stringify({ user_id: userId, exported_at: timeAt(context), tables }, null, 1)
  })
}
