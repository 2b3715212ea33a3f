import type { Backup } from '../backups/store.ts'
import { dayOf, weekOf } from '../retention/calendar.ts'

/** What can be due, in the order in which it is done. */
export const jobNames = ['weekly', 'daily', 'drill', 'copy', 'prune'] as const
export type JobName = (typeof jobNames)[number]

/** Whether something is to be done now, and why. */
export interface Due {
  readonly due: boolean
  readonly why: string
}

/**
 * What is due, by what exists: one daily backup in each day and one weekly in each ISO week, UTC. However many were
 * missed, one makes up for them. A backup that was made of a damaged database counts: a second one would be as bad.
 *
 * @param own the finished backups of the database
 */
export function backupDue(type: 'daily' | 'weekly', own: readonly Backup[], now: Date): Due {
  const periodOf = type === 'daily' ? dayOf : weekOf
  const period = periodOf(now.toISOString())
  const made = own.filter((backup) => backup.manifest?.type === type)
  if (made.some((backup) => periodOf(backup.createdAt) === period)) return { due: false, why: `${period} has one` }
  const [last] = made
  return { due: true, why: last === undefined ? 'there is none yet' : `${period} has none; the last is of ${periodOf(last.createdAt)}` }
}

/** A drill that worked in each ISO week; one that did not is tried again the next day. */
export function drillDue(own: readonly Backup[], now: Date): Due {
  const time = now.toISOString()
  // One that a wrong clock put into the future would keep the next ones away.
  const past = own.flatMap((backup) => backup.manifest?.checks?.drill ?? []).filter((each) => each.at <= time)
  const [last] = past.sort((a, b) => (a.at < b.at ? 1 : -1))
  if (last === undefined) return { due: true, why: 'there was none yet' }
  if (dayOf(last.at) === dayOf(time)) return { due: false, why: `${dayOf(time)} had one${last.ok ? '' : ', which failed'}` }
  if (last.ok && weekOf(last.at) === weekOf(time)) return { due: false, why: `${weekOf(time)} had one` }
  return { due: true, why: last.ok ? `${weekOf(time)} had none; the last was on ${dayOf(last.at)}` : `the one of ${dayOf(last.at)} failed` }
}
