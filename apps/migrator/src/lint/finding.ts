/** An error keeps `migrator lint` from ending with 0; a warning is told. */
export type Severity = 'error' | 'warning'

/** What a rule has to say about one place of a migration. The names are a contract: `lint --json` prints them. */
export interface Finding {
  readonly rule: string
  readonly severity: Severity
  /** The migration's folder. */
  readonly migration: string
  /** The line of its migration.sql, counted from 1. */
  readonly line: number
  readonly message: string
  /** What to write instead, where it can be said; else null. */
  readonly fix: string | null
}

/** A finding as a rule gives it: the runner knows the rest. */
export interface Draft {
  readonly severity: Severity
  readonly line: number
  readonly message: string
  readonly fix?: string | undefined
}
