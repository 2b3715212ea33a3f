import type { Meanwhile, Pipeline } from '../pipeline/steps.ts'
import { backup } from '../steps/backup.ts'
import { integrity } from '../steps/integrity.ts'
import { lock } from '../steps/lock.ts'
import { publish } from '../steps/publish.ts'
import { recover } from '../steps/recover.ts'
import { rehearsePublish } from '../steps/rehearse-publish.ts'
import { rehearsalSnapshot, snapshot } from '../steps/snapshot.ts'
import { archive } from './archive.ts'
import { archivePreflight } from './preflight.ts'
import { archiveReport } from './report.ts'
import { archiveValidate } from './validate.ts'
import { archiveVerify } from './verify.ts'

/** A deploy whose migration is the archiving: rows are moved on a copy, the copy is proven, and then published. */
export function archivePipeline(day: string): Pipeline {
  return [lock, recover, archivePreflight(day), snapshot, proveAndArchive(day), archiveVerify, publish, backup, archiveReport]
}

/** The same, ending before it would change anything. */
export function archiveRehearsal(day: string): Pipeline {
  return [archivePreflight(day), rehearsalSnapshot, proveAndArchive(day), archiveVerify, rehearsePublish, archiveReport]
}

function proveAndArchive(day: string): Meanwhile {
  return { rows: [[integrity, archiveValidate], [archive(day)]] }
}
