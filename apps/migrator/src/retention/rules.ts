import { z } from 'zod'
import { usage } from '../errors.ts'

/** Which backups are kept, beside those that may never go. Each number keeps on its own; 0 keeps nothing. */
export interface Rules {
  /** The last so many of each type. */
  readonly last: number
  /** Everything of the last so many days, to the hour. */
  readonly days: number
  /** The last one of each of the last so many days that have one. */
  readonly daily: number
  /** The same for ISO weeks. */
  readonly weekly: number
  /** The same for months. */
  readonly monthly: number
  /** For so many hours after a deploy or an archiving nothing from before it goes: its report wants to be read first. */
  readonly deployHours: number
}

/** Three of a type, all of two days, then one a day for a week, one a week for five, one a month for a year. */
export const defaultRules: Rules = { last: 3, days: 2, daily: 7, weekly: 5, monthly: 12, deployHours: 24 }

/** The rules as options of the command line; commander's names. */
export interface RuleFlags {
  readonly keep?: string | undefined
  readonly keepDays?: string | undefined
  readonly keepDaily?: string | undefined
  readonly keepWeekly?: string | undefined
  readonly keepMonthly?: string | undefined
}

/** What follows BACKUP_KEEP or BACKUP_COPY_KEEP in a variable's name. */
const VARIABLES: Readonly<Record<keyof Rules, string>> = { last: '', days: '_DAYS', daily: '_DAILY', weekly: '_WEEKLY', monthly: '_MONTHLY', deployHours: '_DEPLOY_HOURS' }

/** At most 99,999. */
const amount = z.string().regex(/^\d{1,5}$/).transform(Number)

/**
 * The rules of the backups' folder: what flags say is all that counts; without any, each variable (BACKUP_KEEP,
 * BACKUP_KEEP_DAILY, …), then the default.
 *
 * @throws MigratorError WRONG_USAGE (exit 2)
 */
export function rulesFrom(flags: RuleFlags, env: NodeJS.ProcessEnv): Rules {
  const given = { last: flags.keep, days: flags.keepDays, daily: flags.keepDaily, weekly: flags.keepWeekly, monthly: flags.keepMonthly }
  const fromEnvironment = rulesFromEnvironment(env, 'BACKUP_KEEP')
  if (Object.values(given).every((each) => each === undefined)) return fromEnvironment
  const read = (rule: keyof typeof given): number => numberOf(given[rule], rule === 'last' ? '--keep' : rule === 'days' ? '--keep-days' : `--keep-${rule}`, 0)
  return { last: read('last'), days: read('days'), daily: read('daily'), weekly: read('weekly'), monthly: read('monthly'), deployHours: fromEnvironment.deployHours }
}

/**
 * The rules of the second folder: BACKUP_COPY_KEEP, BACKUP_COPY_KEEP_DAILY, …
 *
 * @throws MigratorError WRONG_USAGE (exit 2)
 */
export function copyRulesFrom(env: NodeJS.ProcessEnv): Rules {
  return rulesFromEnvironment(env, 'BACKUP_COPY_KEEP')
}

function rulesFromEnvironment(env: NodeJS.ProcessEnv, prefix: string): Rules {
  const read = (rule: keyof Rules): number => numberOf(env[`${prefix}${VARIABLES[rule]}`] || undefined, `${prefix}${VARIABLES[rule]}`, defaultRules[rule])
  return { last: read('last'), days: read('days'), daily: read('daily'), weekly: read('weekly'), monthly: read('monthly'), deployHours: read('deployHours') }
}

function numberOf(text: string | undefined, name: string, otherwise: number): number {
  if (text === undefined) return otherwise
  const parsed = amount.safeParse(text)
  if (parsed.success) return parsed.data
  throw usage({
    code: 'WRONG_USAGE',
    what: `${name} is ${JSON.stringify(text)}.`,
    why: 'It has to be a whole number from 0 to 99999.',
    next: `Give a number, such as ${name.startsWith('--') ? `${name} 7` : `${name}=7`}. "migrator backup prune --dry-run" shows what it would do.`,
  })
}
