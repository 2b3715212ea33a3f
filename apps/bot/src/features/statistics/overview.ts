import type { Connection } from '@trivia/database/connection'
import { momentOf } from '@trivia/database/connection'
import { answerTotals, bestWeek, playerCard, playerState, type WeekCount } from '@trivia/database/queries'
import { dayOf, daysBetween } from '../calendar/index.ts'
import type { GameContext } from '../game/index.ts'
import { type Place, placeOf } from '../leaderboards/index.ts'
import { lastWeeks } from './weeks.ts'

/** A player's numbers. */
export interface Overview {
  readonly name: string | null
  readonly theme: string
  readonly points: number
  readonly answered: number
  readonly right: number
  readonly streak: number
  readonly bestStreak: number
  readonly days: number
  readonly bestDays: number
  readonly place: Place | null
  /** Milliseconds; null where no time is known. */
  readonly average: number | null
  /** Answers of older databases, which kept their number only. */
  readonly withoutDetails: number
  /** Points of the best week; null without one. */
  readonly bestWeek: number | null
  /** Milliseconds since 1970. */
  readonly since: number | null
  readonly weeks: readonly WeekCount[]
}

/** Statistics at a glance; null for somebody who has never played. */
export function playerOverview({ db, now }: GameContext, { userId }: { userId: string }): Overview | null {
  return db.savepoint(() => overviewOf(db, userId, now))
}

/** The same within somebody else's transaction. */
export function overviewOf(db: Connection, userId: string, now: number): Overview | null {
  const state = playerState(db, userId)
  const card = playerCard(db, userId)
  if (state === undefined || card === undefined) return null
  const { answered, average } = answerTotals(db, userId)
  const { points, right, streak, bestStreak, bestDays } = state
  return {
    name: card.name, theme: card.theme ?? 'default',
    points, answered: state.answered, right, streak, bestStreak, bestDays,
    days: runningDays(state.days, state.lastDay, dayOf(new Date(now), state.zone)),
    place: placeOf(db, { kind: 'all' }, userId),
    average, withoutDetails: Math.max(0, state.answered - answered),
    bestWeek: bestWeek(db, userId),
    since: card.createdAt === null ? null : momentOf(card.createdAt),
    weeks: lastWeeks(db, userId, now),
  }
}

/** A row of days is over when a whole day has passed without an answer. */
function runningDays(days: number, lastDay: string | null, today: string): number {
  return lastDay !== null && daysBetween(lastDay, today) <= 1 ? days : 0
}
