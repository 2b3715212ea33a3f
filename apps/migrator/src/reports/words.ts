const numbers = new Intl.NumberFormat('en-GB')

/** "412,345". */
export function count(number: number): string {
  return numbers.format(number)
}

/** "1 row", "2,000 rows". */
export function plural(number: number, noun: string, many = `${noun}s`): string {
  return `${count(number)} ${number === 1 ? noun : many}`
}

/** A duration as precise as anybody wants it: "0.4 ms", "740 ms", "2.31 s", "4 min 12 s". */
export function duration(ms: number): string {
  if (ms < 10) return `${ms < 0.05 ? '0' : ms.toFixed(1).replace(/\.0$/, '')} ms`
  if (ms < 999.5) return `${Math.round(ms)} ms`
  if (ms < 59_950) return `${(ms / 1000).toFixed(ms < 9_995 ? 2 : 1)} s`
  const seconds = Math.round(ms / 1000)
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  return hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min ${seconds % 60} s`
}

/** "8 kB", "13.4 MB", "1.25 GB". */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} kB`
  if (bytes < 999_950_000) return `${(bytes / 1_000_000).toFixed(1)} MB`
  return `${(bytes / 1_000_000_000).toFixed(2)} GB`
}

/** "+12", "−3", "±0". */
export function signed(number: number): string {
  if (number === 0) return '±0'
  return number > 0 ? `+${count(number)}` : `−${count(-number)}`
}

/** "2026-11-23 03:15:00 UTC", from ISO 8601. */
export function moment(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`
}

/** A word in a POSIX shell, as it has to be typed. */
export function shellWord(text: string): string {
  return /^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
