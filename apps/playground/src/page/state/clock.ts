import { signal } from '@preact/signals'

let offset = 0

/** The local Discord's time in milliseconds, once a second. */
export const now = signal(Date.now())
/** How far the clock was moved, in milliseconds. */
export const ahead = signal(0)

/** Discord's time as it was just told. */
export function setClock(moment: number): void {
  offset = moment - Date.now()
  ahead.value = Math.abs(offset) < 1_500 ? 0 : offset
  now.value = moment
}

/** Discord's time at this moment. */
export function discordNow(): number {
  return Date.now() + offset
}

export function startClock(): void {
  setInterval(() => (now.value = Date.now() + offset), 1_000)
}
