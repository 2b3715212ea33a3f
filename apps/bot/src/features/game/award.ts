import { achievementsOf, addToRankings, playerState, type PlayerState, savePlayerState, unlockAchievement } from '@trivia/database/queries'
import { type Achievement, earned } from '../achievements/index.ts'
import { dayOf, monthStart, weekStart } from '../calendar/index.ts'
import { type Difficulty, nextDayStreak, nextStreak } from '../scoring/index.ts'
import { type GameContext, timeAt } from './context.ts'

/** What a player did. */
export interface Deed {
  readonly userId: string
  readonly guildId: string | null
  readonly answer?: { readonly right: boolean; readonly points: number; readonly difficulty: Difficulty }
  /** The challenge that is complete with it. */
  readonly completed?: 'daily' | 'weekly' | undefined
}

/** What it brought. */
export interface Award {
  readonly points: number
  readonly bonus: number
  readonly total: number
  readonly streak: number
  /** Whether everybody may be told, as the player's settings say. */
  readonly announce: boolean
  readonly unlocked: readonly Pick<Achievement, 'id' | 'bonus' | 'emoji'>[]
}

/**
 * Points, streaks, achievements with their bonus, and rankings: all that follows from a deed. Part of the caller's
 * transaction, so that all of it happens or nothing.
 */
export function award(context: GameContext, { userId, guildId, answer, completed }: Deed): Award {
  const { db } = context
  const before = playerState(db, userId)
  if (before === undefined) throw new Error('The player has no row.')
  const now = new Date(context.now)
  const points = answer?.right === true ? answer.points : 0
  const after: PlayerState = {
    ...before,
    ...(answer === undefined ? {} : answered(before, answer, dayOf(now, before.zone))),
    points: before.points + points,
    dailies: before.dailies + (completed === 'daily' ? 1 : 0),
    weeklies: before.weeklies + (completed === 'weekly' ? 1 : 0),
  }
  const { achievements, bonus, points: total } = earned({ ...after, streak: after.bestStreak, days: after.bestDays }, new Set(achievementsOf(db, userId)))
  const at = timeAt(context)
  savePlayerState(db, userId, { ...after, points: total }, at)
  for (const { id, bonus: each } of achievements) {
    if (!unlockAchievement(db, userId, id, each, at)) throw new Error(`${id} was unlocked already.`)
  }
  if (points + bonus > 0) addToRankings(db, { userId, guildId, points: points + bonus, week: weekStart(now), month: monthStart(now) })
  return { points, bonus, total, streak: after.streak, announce: before.notifications !== 0, unlocked: achievements.map(({ id, bonus: each, emoji }) => ({ id, bonus: each, emoji })) }
}

function answered(before: PlayerState, { right, difficulty }: NonNullable<Deed['answer']>, today: string): Partial<PlayerState> {
  const streak = nextStreak({ current: before.streak, best: before.bestStreak }, right)
  const days = nextDayStreak({ days: before.days, best: before.bestDays, lastDay: before.lastDay }, today)
  const one = (level: Difficulty): number => (right && difficulty === level ? 1 : 0)
  return {
    answered: before.answered + 1, right: before.right + (right ? 1 : 0),
    streak: streak.current, bestStreak: streak.best, days: days.days, bestDays: days.best, lastDay: days.lastDay,
    rightEasy: before.rightEasy + one('easy'), rightMedium: before.rightMedium + one('medium'), rightHard: before.rightHard + one('hard'),
  }
}
