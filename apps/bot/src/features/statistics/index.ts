export { type AchievementList, achievementList, type AchievementState } from './achievements.ts'
export { type Overview, playerOverview } from './overview.ts'
export { type Area, type PlayerReport, playerReport } from './report.ts'
