import { accuracy, count, type Progress, type Step } from './progress.ts'

/** Ids are stored in databases, some of them in older ones: they stay as they are. */
export const achievementIds = [
  'hot_streak', 'streak_master', 'unstoppable',
  'dedicated_fan', 'devoted_fan',
  'points_1000', 'points_5000', 'points_10000',
  'questions_50', 'questions_500', 'questions_1000',
  'accuracy_80', 'accuracy_90',
  'easy_100', 'medium_100', 'hard_100',
  'daily_10', 'weekly_5',
] as const

/** One of the 18; its name and description are in the texts under the same id. */
export type AchievementId = (typeof achievementIds)[number]

/** Something to achieve once. */
export interface Achievement {
  readonly id: AchievementId
  /** Points given with the unlock, once. */
  readonly bonus: number
  readonly emoji: string
  readonly progress: (progress: Progress) => Step
}

type Rule = Omit<Achievement, 'id'>

/** Goals and bonuses are the product's table. */
const rules: Readonly<Record<AchievementId, Rule>> = {
  hot_streak: { bonus: 50, emoji: '🔥', progress: count('streak', 5) },
  streak_master: { bonus: 100, emoji: '⚡', progress: count('streak', 10) },
  unstoppable: { bonus: 250, emoji: '🚀', progress: count('streak', 20) },
  dedicated_fan: { bonus: 200, emoji: '📅', progress: count('days', 7) },
  devoted_fan: { bonus: 1000, emoji: '💖', progress: count('days', 30) },
  points_1000: { bonus: 100, emoji: '🥉', progress: count('points', 1000) },
  points_5000: { bonus: 500, emoji: '🥈', progress: count('points', 5000) },
  points_10000: { bonus: 1000, emoji: '🥇', progress: count('points', 10_000) },
  questions_50: { bonus: 50, emoji: '🌱', progress: count('answered', 50) },
  questions_500: { bonus: 300, emoji: '🌿', progress: count('answered', 500) },
  questions_1000: { bonus: 750, emoji: '🌳', progress: count('answered', 1000) },
  accuracy_80: { bonus: 200, emoji: '🎯', progress: accuracy(80, 100) },
  accuracy_90: { bonus: 500, emoji: '🏹', progress: accuracy(90, 200) },
  easy_100: { bonus: 100, emoji: '🟢', progress: count('rightEasy', 100) },
  medium_100: { bonus: 200, emoji: '🟡', progress: count('rightMedium', 100) },
  hard_100: { bonus: 400, emoji: '🔴', progress: count('rightHard', 100) },
  daily_10: { bonus: 300, emoji: '☀️', progress: count('dailies', 10) },
  weekly_5: { bonus: 500, emoji: '🏆', progress: count('weeklies', 5) },
}

/** All 18, in the order in which they are shown and unlocked. */
export const achievements: readonly Achievement[] = achievementIds.map((id) => ({ id, ...rules[id] }))

const known: ReadonlySet<string> = new Set(achievementIds)

/** Whether an id is one of the 18; older databases hold others ('century'), which are kept and shown as from before. */
export function isAchievementId(id: string): id is AchievementId {
  return known.has(id)
}
