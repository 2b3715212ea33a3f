export { dayOf, daysBetween, nextDayStart } from './day.ts'
export { monthStart, nextMonthStart, nextWeekStart, weekStart } from './period.ts'
export { canonicalZone, isZone } from './zone.ts'
export { searchZones } from './zone-search.ts'
