/** What the server tells the page about itself; sent whole, on each change. */
export interface DevStatus {
  readonly bot: BotStatus
  readonly deploy: DeployRun | null
  readonly notices: readonly Notice[]
  readonly players: PlayersStatus
  readonly studio: { readonly state: 'off' | 'starting' | 'on'; readonly url: string | null }
  /** The database's path, from the repository's folder where it is in it. */
  readonly database: string
}

export interface BotStatus {
  readonly state: 'starting' | 'running' | 'stopping' | 'stopped' | 'waiting'
  readonly starts: number
  /** Why it is not running, or was started again. */
  readonly reason: string | null
  /** From its first start or the change of its source until Discord knew it, in milliseconds. */
  readonly readyAfterMs: number | null
}

export type StepState = 'pending' | 'running' | 'done' | 'failed' | 'skipped'

export interface DeployStep {
  readonly name: string
  readonly state: StepState
  readonly text: string
  /** When it began, in milliseconds since 1970. */
  readonly since: number | null
}

/** A run of the migrator. */
export interface DeployRun {
  readonly kind: 'deploy' | 'practice'
  readonly startedAt: number
  readonly endedAt: number | null
  readonly steps: readonly DeployStep[]
  readonly report: DeployReport | null
  /** What went wrong before there was a report. */
  readonly problem: string | null
}

/** The parts of the migrator's own report that the page shows. */
export interface DeployReport {
  readonly outcome: string
  readonly exitCode: number
  readonly from: number | null
  readonly to: number | null
  readonly applied: readonly string[]
  readonly tables: readonly { readonly table: string; readonly before: number; readonly after: number; readonly lost: number; readonly added: number; readonly changed: number; readonly quarantined: number }[]
  readonly rounds: number
  readonly writersHeldMs: number
  readonly notes: readonly string[]
  readonly error: { readonly code: string; readonly what: string; readonly why: string; readonly next: string } | null
}

/** Something that a developer should do. */
export interface Notice {
  readonly id: 'schema' | 'migrations' | 'sandbox'
  readonly text: string
  readonly command: string | null
  /** Whether the deploy would settle it. */
  readonly deploys: boolean
}

export type Speed = 'slow' | 'normal' | 'fast'

/** The simulated players. */
export interface PlayersStatus {
  readonly count: number
  readonly speed: Speed
  /** 0 to 1. */
  readonly hitRate: number
  readonly names: readonly string[]
  readonly answered: number
}

/** What the data panel shows. */
export interface DataOverview {
  readonly database: string
  readonly bytes: number
  readonly version: number | null
  readonly migrations: { readonly applied: number; readonly pending: number }
  readonly tables: readonly { readonly name: string; readonly rows: number }[]
}
