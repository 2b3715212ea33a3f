const UNITS = [['year', 31_536_000], ['month', 2_592_000], ['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1]] as const

/** "in 27 seconds", "2 days ago". */
export function relativeTime(atSeconds: number, nowMs: number, locale: string): string {
  const seconds = Math.round(atSeconds - nowMs / 1000)
  const [unit, length] = UNITS.find(([, each]) => Math.abs(seconds) >= each) ?? UNITS[5]
  return new Intl.RelativeTimeFormat(locale, { numeric: unit === 'second' ? 'always' : 'auto' }).format(Math.trunc(seconds / length), unit)
}

const STYLES: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  t: { timeStyle: 'short' }, T: { timeStyle: 'medium' }, d: { dateStyle: 'short' }, D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' }, F: { dateStyle: 'full', timeStyle: 'short' }, s: { dateStyle: 'short', timeStyle: 'short' }, S: { dateStyle: 'short', timeStyle: 'medium' },
}

/** A moment in one of Discord's styles other than R. */
export function absoluteTime(atSeconds: number, style: string, locale: string): string {
  const moment = new Date(atSeconds * 1000)
  return Number.isNaN(moment.getTime()) ? String(atSeconds) : new Intl.DateTimeFormat(locale, STYLES[style] ?? STYLES['f']).format(moment)
}
