import { isSound, type Manifest } from '../backups/manifest.ts'
import { type Backup, newestFirst } from '../backups/store.ts'
import { dayOf, monthOf, weekOf } from './calendar.ts'
import type { Rules } from './rules.ts'

/** What the rules have to know beside the backups. */
export interface Facts {
  readonly now: Date
  readonly database: string
  /** What changed the database as a whole at last, and when it ended, ISO 8601 in UTC; null where no report tells of it. */
  readonly lastChange: { readonly by: 'deploy' | 'archiving'; readonly at: string } | null
  /** Names of backups that a deploy needs which was killed, or runs. */
  readonly unfinished: readonly string[]
}

/** A backup of the database in question. */
type Own = Backup & { readonly manifest: Manifest }

export interface Plan {
  readonly keep: readonly { readonly backup: Backup; readonly because: readonly string[] }[]
  readonly delete: readonly { readonly backup: Backup; readonly because: readonly string[] }[]
  /** Not ours to judge: unfinished, or of another database. */
  readonly leftAlone: readonly { readonly backup: Backup; readonly why: string }[]
}

const HOUR_MS = 60 * 60 * 1000
const DAY_MS = 24 * HOUR_MS
/** For how many days a damaged backup stays, for what can still be saved from it. */
const DAMAGED_DAYS = 14

/** Decides which backups stay, each with all of its reasons, and which go. Touches nothing. */
export function decide(backups: readonly Backup[], rules: Rules, facts: Facts): Plan {
  const sorted = [...backups].sort(newestFirst)
  const own = sorted.filter((backup): backup is Own => backup.manifest?.database === facts.database)
  const sound = own.filter((backup) => isSound(backup.manifest))
  const reasons = new Map<Backup, string[]>(own.map((backup) => [backup, []]))
  const because = (chosen: readonly Backup[], reason: string | ((backup: Backup) => string)): void => {
    for (const backup of chosen) reasons.get(backup)?.push(typeof reason === 'string' ? reason : reason(backup))
  }
  protect(own, sound, rules, facts, because)

  for (const [type, ofType] of Map.groupBy(sound, (backup) => backup.manifest.type)) because(ofType.slice(0, rules.last), rules.last === 1 ? `the last of type ${type}` : `one of the last ${rules.last} of type ${type}`)
  because(sound.filter((backup) => ageOf(backup, facts) < rules.days * DAY_MS), `of the last ${rules.days} days`)
  because(lastOfEach(sound, dayOf, rules.daily), (backup) => `the last of the day ${dayOf(backup.createdAt)}`)
  because(lastOfEach(sound, weekOf, rules.weekly), (backup) => `the last of the week ${weekOf(backup.createdAt)}`)
  because(lastOfEach(sound, monthOf, rules.monthly), (backup) => `the last of the month ${monthOf(backup.createdAt)}`)

  const judged = own.map((backup) => ({ backup, because: reasons.get(backup) ?? [] }))
  return {
    keep: judged.filter((each) => each.because.length > 0),
    delete: judged.filter((each) => each.because.length === 0).map(({ backup }) => ({ backup, because: [isSound(backup.manifest) ? 'no rule keeps it' : 'it is damaged, and a newer one is good'] })),
    leftAlone: sorted.flatMap((backup) => (reasons.has(backup) ? [] : [{ backup, why: backup.manifest === null ? 'unknown: its manifest is missing or cannot be read' : `of another database, ${backup.manifest.database}` }])),
  }
}

/** Those that may never go, whatever the rules say. */
function protect(own: readonly Own[], sound: readonly Own[], rules: Rules, { now, database, lastChange, unfinished }: Facts, because: (chosen: readonly Backup[], reason: string) => void): void {
  because(sound.filter((backup) => backup.manifest.checks?.verify?.ok === true).slice(0, 1), 'the newest that was verified')
  because(sound.filter((backup) => backup.manifest.checks?.drill?.ok === true).slice(0, 1), 'the newest that a drill brought back')
  for (const [type, ofType] of Map.groupBy(sound, (backup) => backup.manifest.type)) because(ofType.slice(0, 1), `the newest of type ${type}`)
  if (lastChange !== null && Date.parse(lastChange.at) + rules.deployHours * HOUR_MS > now.getTime()) {
    because(own.filter((backup) => backup.createdAt < lastChange.at), `from before the ${lastChange.by} of ${lastChange.at}, whose report is not ${rules.deployHours} hours old`)
  }
  because(own.filter((backup) => unfinished.includes(backup.name)), 'a deploy that did not end needs it')
  const damaged = own.filter((backup) => !isSound(backup.manifest))
  because(damaged.filter((backup) => ageOf(backup, { now }) < DAMAGED_DAYS * DAY_MS), `damaged, kept for ${DAMAGED_DAYS} days for what can be saved from it`)
  because(damaged.filter((backup) => !sound.some((other) => other.createdAt > backup.createdAt)), `damaged, but ${database} has no newer one that is good`)
}

/** The newest of each of the last periods that have one. They come the newest first. */
function lastOfEach(backups: readonly Own[], periodOf: (time: string) => string, periods: number): Own[] {
  const groups = Map.groupBy(backups, (backup) => periodOf(backup.createdAt))
  return [...groups.values()].slice(0, periods).flatMap((group) => group.slice(0, 1))
}

function ageOf(backup: Backup, { now }: Pick<Facts, 'now'>): number {
  return now.getTime() - Date.parse(backup.createdAt)
}
