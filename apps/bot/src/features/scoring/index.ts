export { defaultMultipliers, defaultPoints, pointsFor, type Difficulty, type PointSettings } from './points.ts'
export { nextDayStreak, nextStreak, type DayStreak, type Streak } from './streak.ts'
