import { Temporal } from 'temporal-polyfill'
import { modernName } from './zone-names.ts'

/** The longest IANA name has 32 characters. */
const LONGEST = 64
/** Parts of letters, digits, '_', '+' and '-': an offset like '+02:00' is none, as it knows no daylight saving. */
const NAME = /^[a-z][\w+-]*(\/[\w+-]+)*$/i

/** Whether a text names a time zone that this machine knows, in any case of letters. */
export function isZone(text: string): boolean {
  return canonicalZone(text) !== null
}

/**
 * The name under which a time zone is stored.
 *
 * @param text what was typed, in any case: 'europe/berlin', 'UTC', 'Asia/Calcutta'
 * @returns the IANA name in its own case ('Europe/Berlin', 'Asia/Kolkata'), or null
 */
export function canonicalZone(text: string): string | null {
  const name = text.trim().replaceAll(' ', '_')
  if (name.length > LONGEST || !NAME.test(name)) return null
  try {
    return modernName(Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
