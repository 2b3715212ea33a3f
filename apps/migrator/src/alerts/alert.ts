/** What alerts are about, in the order in which they are sent. */
export const alertNames = [
  'migration_failed',
  'deploy_refused',
  'archive_failed',
  'integrity_failed',
  'backup_failed',
  'backup_damaged',
  'restore_failed',
  'deploy_over_budget',
  'backup_too_old',
  'restore_not_verified',
  'disk_too_small',
] as const

export type AlertName = (typeof alertNames)[number]
export type Severity = 'critical' | 'warning'

/** Something that somebody should look at, in an operator's words. */
export interface Finding {
  readonly name: AlertName
  readonly severity: Severity
  /** What is the same for as long as it is the same trouble: when it changes, it is told again. */
  readonly cause: string
  readonly summary: string
  readonly what: string
  readonly why: string
  /** The next command to type, or thing to do. */
  readonly next: string
}

/** What is known of one alert after a command: it has a reason, or the reason is gone. Of others nothing is known. */
export type Verdict =
  | { readonly name: AlertName; readonly firing: Finding }
  | { readonly name: AlertName; readonly firing: null }

/** What a receiver gets. */
export interface Alert extends Omit<Finding, 'cause'> {
  /** The same in each attempt to deliver it. */
  readonly id: string
  readonly status: 'firing' | 'resolved'
  /** ISO 8601, UTC. */
  readonly at: string
  readonly database: string
  readonly host: string
}
