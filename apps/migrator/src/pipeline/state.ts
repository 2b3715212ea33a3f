import type { Inspection } from '@trivia/database/invariants'
import type { Checklist } from './checklist.ts'
import type { Manifest } from '../backups/manifest.ts'
import type { Adoption } from '../adoption/prepare.ts'
import type { Scratch } from '../backups/scratch.ts'
import type { Ownership } from '../files/permissions.ts'
import type { Finding } from '../lint/finding.ts'
import type { Preflight } from '../migrations/examine.ts'
import type { PreserveDeclaration } from '../preservation/declaration.ts'
import type { PlannedMigration } from '../preservation/stages.ts'
import type { TableComparison } from '../preservation/compare.ts'
import type { DeployLock } from '../sqlite/deploy-lock.ts'
import type { LiveFile, Witness } from '../sqlite/live-file.ts'
import type { StructureDifference } from '../structure/difference.ts'
import type { ExtrasReport } from '../structure/extras.ts'
import type { PlanChange } from '../tasks/plans.ts'
import type { DanglingRow } from '../tasks/tasks.ts'
import type { Expectations } from '../verification/expectations.ts'

/** The pre-migration state of this round. */
export interface Snapshot {
  /** Null when there is no database yet. */
  readonly path: string | null
  readonly witness: Witness | null
  readonly takenAt: Date
  /** Whether writers are held back since then. */
  readonly holding: boolean
}

/** Migrations whose rows are compared together; see preservation/stages.ts. */
export interface Stage {
  /** The database before them; null for a new one. */
  readonly before: string | null
  readonly after: string
  readonly planned: readonly PlannedMigration[]
  /** What may happen to rows beside what the migrations declare: an archiving says so itself. */
  readonly declared?: PreserveDeclaration
}

/** A copy with the migrations done. */
export interface Candidate {
  readonly path: string
  readonly applied: readonly string[]
  /** The row of archive_runs that only this copy has, when rows were archived in it. */
  readonly archiveRun?: string
  readonly stages: readonly Stage[]
  readonly adoption: Adoption | null
  readonly quarantined: Readonly<Record<string, number>>
  readonly extras: ExtrasReport
  readonly completedIndexes: readonly string[]
}

/** What verify proved. */
export interface Certificate {
  readonly preservation: readonly TableComparison[]
  readonly inspection: Inspection
  /** The common queries before and after. */
  readonly plans: readonly PlanChange[]
  /** What the migrations foretold and asked. */
  readonly expectations: Expectations
  /** Extra objects that the database keeps: the publish lists them as accepted. */
  readonly toAccept: readonly StructureDifference[]
}

/** All that is known while a deploy runs; each step adds its part. */
export interface State {
  round: number
  ownership?: Ownership
  lock?: DeployLock
  live?: LiveFile | null
  workDir?: string
  /** What holds the work folder of a rehearsal. */
  scratch?: Scratch
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
  /** What verify found, proof or not. */
  findings?: Certificate
  /** What lint says of the pending migrations. */
  lint?: readonly Finding[]
  publish?: { readonly outcome: 'published' | 'changed'; readonly writersHeldMs: number; readonly walMode: boolean }
  /** What the post-migration backup will be called; the journal names it, for the deploy that finds this one killed. */
  plannedBackup?: string
  /** Of the candidate's file; undefined where it has to be summed up later. */
  candidateHash?: string | undefined
  postBackup?: string
  /** How long a rehearsed publish took, in milliseconds. */
  rehearsedPublishMs?: number
  /** The guide's checklist, which a rehearsal's report answers. */
  checklist?: Checklist
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
