import { type Board, guildBoard } from '@trivia/database/queries'
import { monthStart, nextMonthStart, nextWeekStart, weekStart } from '../calendar/index.ts'

export type Scope = 'server' | 'everywhere'
export type Period = 'all' | 'week' | 'month'

/** Which list somebody wants to see. */
export interface BoardChoice {
  readonly scope: Scope
  readonly period: Period
  /** Null outside of servers, where only `everywhere` makes sense. */
  readonly guildId: string | null
}

/** The board of this moment: its week or month is the one that runs. */
export function chooseBoard({ scope, period, guildId }: BoardChoice, now: Date): Board {
  const start = period === 'week' ? weekStart(now) : period === 'month' ? monthStart(now) : null
  if (scope === 'server' && guildId !== null) return guildBoard(guildId, period, start)
  return start === null || period === 'all' ? { kind: 'all' } : { kind: period, start }
}

/** When a board starts anew; null for one that never does. */
export function boardReset(period: Period, now: Date): Date | null {
  if (period === 'all') return null
  return period === 'week' ? nextWeekStart(now) : nextMonthStart(now)
}

export function isScope(text: string): text is Scope {
  return text === 'server' || text === 'everywhere'
}

export function isPeriod(text: string): text is Period {
  return text === 'all' || text === 'week' || text === 'month'
}
