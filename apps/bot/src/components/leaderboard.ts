import { leaderboardBody } from '../commands/leaderboard.ts'
import type { ComponentHandler } from '../discord/handler.ts'
import { whisper } from '../discord/reply.ts'
import { isPeriod, isScope, type Turn } from '../features/leaderboards/index.ts'

/** `board:SCOPE:PERIOD:TURN…`, the buttons under a leaderboard. Everybody may turn its pages. */
export const boardButton: ComponentHandler = async (services, actor, _, [scope = '', period = '', ...turn]) => {
  const to = readTurn(turn)
  if (!isScope(scope) || !isPeriod(period) || to === null) return whisper(actor.t('errors.expired'))
  return { kind: 'update', body: (await leaderboardBody(services, actor, scope, period, to)).body }
}

function readTurn([to, ...numbers]: readonly string[]): Turn | null {
  if (to === 'first') return { to: 'page', page: 1 }
  if (to === 'me') return { to: 'me' }
  const [points = NaN, row = NaN, page = NaN] = numbers.slice(0, 3).map(Number)
  if ((to !== 'after' && to !== 'before') || ![points, row, page].every(Number.isSafeInteger)) return null
  return { to, cursor: { points, row }, page, start: numbers[3] ?? '' }
}
