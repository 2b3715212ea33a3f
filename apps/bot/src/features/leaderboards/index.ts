export { type BoardChoice, isPeriod, isScope, type Period, type Scope } from './choose-board.ts'
export { type BoardPage, leaderboardPage, type PageRequest, PAGE_SIZE, type Turn } from './page.ts'
export { type RankedPlayer, rankedList } from './ranks.ts'
export { type Place, placeOf, type Standing, standingOf } from './standing.ts'
