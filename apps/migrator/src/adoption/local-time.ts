import { Temporal } from 'temporal-polyfill'
import { usage } from '../errors.ts'

/** How a time without a zone was read. */
export type Reading = 'plain' | 'ambiguous' | 'skipped' | 'clamped'

export interface Moment {
  /** UTC with milliseconds, as Prisma writes it: 2026-06-01T12:00:00.000+00:00. */
  readonly text: string
  readonly reading: Reading
}

const TIME = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?\s*(Z|[+-]\d\d:\d\d)?$/i

/** Reads the times that the older system wrote. */
export class LocalTimeReader {
  readonly #zone: string
  /** Offset in milliseconds by local hour, where it is the same throughout the hour. */
  readonly #offsets = new Map<string, number | null>()

  /**
   * @param zone an IANA time zone, such as Europe/Berlin, for times that name none
   * @throws MigratorError TIMEZONE_UNKNOWN (exit 2)
   */
  constructor(zone: string) {
    try {
      this.#zone = new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone
    } catch {
      throw usage({
        code: 'TIMEZONE_UNKNOWN',
        what: `There is no time zone ${JSON.stringify(zone)}.`,
        why: '--legacy-timezone takes a name of the IANA time zone database.',
        next: 'Use a name such as UTC, Europe/Berlin or America/New_York.',
      })
    }
  }

  /**
   * The moment that a text means; null where it means none. Fractions beyond milliseconds are cut. An hour that
   * a change of clocks repeats is the earlier one; an hour that it skips is moved on by the change.
   */
  read(text: string): Moment | null {
    const match = TIME.exec(text)
    if (match === null) return null
    const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', offset] = match
    const milliseconds = `${fraction}000`.slice(0, 3)
    const wall = `${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}`
    const asUtc = Date.parse(`${wall}Z`)
    if (Number.isNaN(asUtc)) return null
    if (offset !== undefined) {
      const exact = Date.parse(`${wall}${offset.toUpperCase()}`)
      return Number.isNaN(exact) ? null : plainMoment(exact)
    }
    if (this.#zone === 'UTC') return plainMoment(asUtc)
    const steady = this.#steadyOffset(`${year}-${month}-${day}T${hour}`)
    return steady === null ? this.#readAtChange(wall) : plainMoment(asUtc - steady)
  }

  #steadyOffset(hour: string): number | null {
    const known = this.#offsets.get(hour)
    if (known !== undefined) return known
    const edges = [`${hour}:00:00`, `${hour}:59:59.999`].flatMap((wall) => this.#both(wall))
    const [first] = edges
    const steady = first !== undefined && edges.every((edge) => edge.offsetNanoseconds === first.offsetNanoseconds)
    const offset = steady ? first.offsetNanoseconds / 1e6 : null
    this.#offsets.set(hour, offset)
    return offset
  }

  #readAtChange(wall: string): Moment {
    const plain = Temporal.PlainDateTime.from(wall)
    const compatible = plain.toZonedDateTime(this.#zone, { disambiguation: 'compatible' })
    const [earlier, later] = this.#both(wall)
    const exists = compatible.toPlainDateTime().equals(plain)
    const reading = !exists ? 'skipped' : earlier?.epochMilliseconds === later?.epochMilliseconds ? 'plain' : 'ambiguous'
    return { text: canonical(compatible.epochMilliseconds), reading }
  }

  #both(wall: string): Temporal.ZonedDateTime[] {
    const plain = Temporal.PlainDateTime.from(wall)
    return (['earlier', 'later'] as const).map((disambiguation) => plain.toZonedDateTime(this.#zone, { disambiguation }))
  }
}

/** Python's datetime.min and datetime.max stand for "never": in UTC they stay within the years that there are. */
const EARLIEST = Date.parse('0000-01-01T00:00:00.000Z')
const LATEST = Date.parse('9999-12-31T23:59:59.999Z')

function plainMoment(epochMilliseconds: number): Moment {
  const within = Math.min(Math.max(epochMilliseconds, EARLIEST), LATEST)
  return { text: canonical(within), reading: within === epochMilliseconds ? 'plain' : 'clamped' }
}

function canonical(epochMilliseconds: number): string {
  return new Date(epochMilliseconds).toISOString().replace('Z', '+00:00')
}
