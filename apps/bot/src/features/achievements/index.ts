export { earned, isReached, type Earned } from './earned.ts'
export { achievementIds, achievements, isAchievementId, type Achievement, type AchievementId } from './list.ts'
export type { Progress, Step } from './progress.ts'
