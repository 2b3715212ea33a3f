const UNITS: readonly (readonly [limit: number, unit: number, name: string])[] = [[90, 1, 's'], [90 * 60, 60, 'min'], [72 * 3600, 3600, 'h'], [Infinity, 86_400, 'days']]

/** How long ago a moment is: "12 s", "3 min", "5 h", "4 days". A moment to come, by another clock, is now. */
export function ago(then: Date, now: Date): string {
  const seconds = Math.max(0, (now.getTime() - then.getTime()) / 1000)
  const [, unit, name] = UNITS.find(([limit]) => seconds < limit) ?? [0, 86_400, 'days']
  return `${Math.round(seconds / unit)} ${name}`
}
