import { derivedTables } from '@trivia/database/derived'
import type { Finding } from '../lint/finding.ts'
import type { PlanChange } from '../tasks/plans.ts'
import { EXIT, MigratorError, messageOf, reportOf } from '../errors.ts'
import type { ErrorReport } from '../errors.ts'
import { existsSync } from 'node:fs'
import { declaredVersion, readMigrations } from '../migrations/folder.ts'
import { readVersion } from '../migrations/ledger.ts'
import { withDatabase } from '../sqlite/connection.ts'
import type { Settings } from '../settings.ts'
import type { Checklist } from './checklist.ts'
import { noSteps } from './no-steps.ts'
import type { PipelineRun } from './run.ts'
import type { State } from './state.ts'
import { stepNames, type StepName } from './steps.ts'

/** What a run is for, and how it ends when all goes well. */
export type Done = 'deployed' | 'rehearsed' | 'archived'
export type Outcome = Done | 'up-to-date' | 'refused' | 'failed'

/** What `deploy --json` prints; its keys are a contract. */
export interface DeployResult {
  readonly outcome: Outcome
  readonly exitCode: number
  readonly database: string
  readonly version: { readonly from: number | null; readonly to: number | null }
  readonly adopted: boolean
  readonly applied: readonly string[]
  readonly backups: { readonly pre: string | null; readonly post: string | null }
  readonly preservation: Readonly<Record<string, PreservationRow>>
  readonly durationsMs: Partial<Record<StepName, number>>
  /** The guide's figures and those of every rule, before and after; see `validate`. */
  readonly figures: { readonly before: Readonly<Record<string, number>> | null; readonly after: Readonly<Record<string, number>> | null }
  /** The whole run, in milliseconds; steps may have run at the same time. */
  readonly ms: number
  readonly rounds: number
  readonly writersHeldMs: number
  readonly notes: readonly string[]
  /** What lint says of the migrations. */
  readonly lint: readonly Finding[]
  /** The common queries before and after. */
  readonly plans: readonly PlanChange[]
  /** The report's JSON file; its page stands beside it. Null where none was written. */
  readonly report: string | null
  /** The guide's testing checklist; null unless it is a rehearsal. */
  readonly checklist: Checklist | null
  readonly error: ErrorReport | null
}

export interface PreservationRow {
  readonly before: number
  readonly after: number
  readonly lost: number
  readonly added: number
  readonly changed: number
  readonly quarantined: number
  /** Rows that are in the table's archive now. */
  readonly archived: number
}

/** The document of a deploy that did not come so far as to know its database. */
export const nothingDone = {
  database: null,
  version: { from: null, to: null },
  adopted: false,
  applied: [],
  backups: { pre: null, post: null },
  preservation: {},
  durationsMs: {},
  figures: { before: null, after: null },
  ms: 0,
  rounds: 0,
  writersHeldMs: 0,
  notes: [],
  lint: [],
  plans: [],
  report: null,
  checklist: null,
} as const

/** Sums up a run of the pipeline. */
export function resultOf(run: PipelineRun, { database, prismaDir }: Settings, done: Done): DeployResult {
  const { state, error } = run
  const published = state.publish?.outcome === 'published'
  const exitCode = exitCodeOf(error, published)
  const ok = error === undefined
  const applied = ok || published ? (state.candidate?.applied ?? []) : []
  return {
    outcome: outcomeOf(exitCode, state.upToDate === true, done),
    exitCode,
    database,
    version: state.preflight === undefined ? versionsOf(database, prismaDir) : { from: state.preflight.versionFrom, to: state.preflight.versionTo },
    adopted: state.preflight?.origin === 'legacy' && (published || (ok && done === 'rehearsed')),
    applied,
    backups: { pre: done !== 'rehearsed' ? (state.snapshot?.path ?? null) : null, post: state.postBackup ?? null },
    preservation: Object.fromEntries(accountOf(state)),
    durationsMs: Object.fromEntries(stepNames.flatMap((step) => (run.durationsMs[step] === undefined ? [] : [[step, run.durationsMs[step]]]))),
    figures: { before: state.inspection?.figures ?? null, after: state.certificate?.inspection.figures ?? null },
    ms: run.ms,
    rounds: state.round,
    writersHeldMs: state.publish?.writersHeldMs ?? 0,
    notes: state.notes,
    lint: state.lint ?? [],
    plans: state.findings?.plans ?? [],
    report: null,
    checklist: state.checklist ?? null,
    error: ok ? null : describe(error, published),
  }
}

/** The result for an error before the pipeline began. */
export function refusedResult(error: unknown, settings: Settings): DeployResult {
  return resultOf({ ...noSteps, state: { round: 1, notes: [] }, error }, settings, 'deployed')
}

/**
 * The account by table. Without schema_version, to which each migration adds a row, and without derived tables, which
 * follow their sources.
 */
function accountOf({ certificate }: Readonly<State>): [string, PreservationRow][] {
  return (certificate?.preservation ?? [])
    .filter(({ table }) => table !== 'schema_version' && !derivedTables.includes(table))
    .map(({ table, before, after, lost, added, changed, quarantined, archived }) => [table, { before, after, lost, added, changed, quarantined, archived }])
}

/** The versions as far as they can be told, for a deploy that was refused before it looked. */
function versionsOf(database: string, prismaDir: string): DeployResult['version'] {
  return {
    from: unlessImpossible(() => (existsSync(database) ? withDatabase(database, {}, readVersion) : null)),
    to: unlessImpossible(() => declaredVersion(readMigrations(prismaDir))),
  }
}

/** Null where it fails: what is wrong with file or folder is what the deploy was refused for, and its error says so. */
function unlessImpossible<T>(look: () => T): T | null {
  try {
    return look()
  } catch {
    return null
  }
}

function exitCodeOf(error: unknown, published: boolean): number {
  if (error === undefined) return EXIT.ok
  if (published) return EXIT.manual
  return error instanceof MigratorError ? error.exitCode : EXIT.bug
}

function outcomeOf(exitCode: number, upToDate: boolean, done: Done): Outcome {
  if (exitCode === EXIT.ok) return upToDate ? 'up-to-date' : done
  return exitCode === EXIT.usage || exitCode === EXIT.refused ? 'refused' : 'failed'
}

function describe(error: unknown, published: boolean): ErrorReport {
  const report = error instanceof MigratorError
    ? reportOf(error)
    : {
        code: 'BUG',
        what: 'The migrator itself failed.',
        why: messageOf(error),
        next: 'Report it with the output of the same command with --verbose. What was published or not, "migrator status" tells.',
        ...(error instanceof Error && error.stack !== undefined ? { details: error.stack.split('\n') } : {}),
      }
  if (!published) return report
  return {
    ...report,
    code: 'PUBLISHED_WITH_ERRORS',
    what: `The live database has the new content, but what comes after did not work (${report.code}: ${report.what})`,
    next: `${report.next} Then make a backup: "migrator backup --type post_migration".`,
  }
}
