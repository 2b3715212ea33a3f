import type { Inspection } from '@trivia/database/invariants'
import type { Manifest } from '../backups/manifest.ts'
import type { Adoption } from '../adoption/prepare.ts'
import type { Ownership } from '../files/permissions.ts'
import type { Preflight } from '../migrations/examine.ts'
import type { TableComparison } from '../preservation/compare.ts'
import type { DeployLock } from '../sqlite/deploy-lock.ts'
import type { LiveFile, Witness } from '../sqlite/live-file.ts'
import type { ExtrasReport } from '../structure/extras.ts'
import type { DanglingRow } from '../tasks/tasks.ts'

/** The pre-migration state of this round. */
export interface Snapshot {
  /** Null when there is no database yet. */
  readonly path: string | null
  readonly witness: Witness | null
  readonly takenAt: Date
  /** Whether writers are held back since then. */
  readonly holding: boolean
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
  return value ?? outOfOrder(key)
}

function outOfOrder(key: string): never {
  throw new Error(`The pipeline is in disorder: ${key} is not known yet.`)
}
