import type { Inspection } from '@trivia/database/invariants'
import type { Manifest } from '../backups/manifest.ts'
import type { Conversion } from '../adoption/convert.ts'
import type { Ownership } from '../files/permissions.ts'
import type { Migration } from '../migrations/folder.ts'
import type { TableComparison } from '../preservation/compare.ts'
import type { DeployLock } from '../sqlite/deploy-lock.ts'
import type { LiveFile, Witness } from '../sqlite/live-file.ts'
import type { ExtrasReport } from '../structure/extras.ts'
import type { Reference } from '../structure/reference.ts'
import type { DanglingRow } from '../sqlite/tasks.ts'

/**
 * Where a database comes from: made by these migrations, made by the older system (no ledger of Prisma's), or
 * nothing at all.
 */
export type Origin = 'managed' | 'legacy' | 'new'

/** What preflight found out. */
export interface Preflight {
  readonly origin: Origin
  readonly versionFrom: number | null
  readonly migrations: readonly Migration[]
  readonly pending: readonly Migration[]
  /** Migrations that the older system has done already, which Prisma's ledger has to learn. */
  readonly baseline: readonly Migration[]
  readonly reference: Reference
}

/** The pre-migration state of this round. */
export interface Snapshot {
  /** Null when there is no database yet. */
  readonly path: string | null
  readonly witness: Witness | null
  readonly takenAt: Date
  /** Whether writers are held back since then. */
  readonly holding: boolean
}

/** What was done to bring an older database in. */
export interface Adoption {
  readonly fromVersion: number
  readonly conversion: Conversion
  readonly completed: readonly string[]
}

/** A proven copy with the migrations done. */
export interface Candidate {
  readonly path: string
  readonly applied: readonly string[]
  readonly adoption: Adoption | null
  readonly quarantined: Readonly<Record<string, number>>
  readonly extras: ExtrasReport
  readonly completedIndexes: readonly string[]
}

/** What verify proved. */
export interface Certificate {
  readonly preservation: readonly TableComparison[]
  readonly inspection: Inspection
  readonly notes: readonly string[]
}

/** All that is known while a deploy runs; each step adds its part. */
export interface State {
  round: number
  ownership?: Ownership
  lock?: DeployLock
  live?: LiveFile | null
  workDir?: string
  preflight?: Preflight
  /** Nothing is pending and the structure is right: the steps after preflight have nothing to do. */
  upToDate?: boolean
  snapshot?: Snapshot
  /** How long the last round took from snapshot to publish, in milliseconds: as long writers would be held. */
  expectedHoldMs?: number
  danglingRows?: readonly DanglingRow[]
  inspection?: Inspection
  preManifest?: Manifest
  candidate?: Candidate
  certificate?: Certificate
  publish?: { readonly outcome: 'published' | 'changed'; readonly writersHeldMs: number; readonly walMode: boolean }
  postBackup?: string
  notes: string[]
}

/** A part of the state that an earlier step must have left. */
export function need<K extends keyof State>(state: State, key: K): NonNullable<State[K]> {
  const value = state[key]
  if (value === undefined || value === null) throw new Error(`The pipeline is in disorder: ${key} is not known yet.`)
  return value
}
