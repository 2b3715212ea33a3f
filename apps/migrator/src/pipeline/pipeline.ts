import { backup } from '../steps/backup.ts'
import { integrity } from '../steps/integrity.ts'
import { lock } from '../steps/lock.ts'
import { migrate } from '../steps/migrate.ts'
import { preflight } from '../steps/preflight.ts'
import { publish } from '../steps/publish.ts'
import { recover } from '../steps/recover.ts'
import { rehearsePublish } from '../steps/rehearse-publish.ts'
import { rehearsalReport, report } from '../steps/report.ts'
import { rehearsalSnapshot, snapshot } from '../steps/snapshot.ts'
import { validate } from '../steps/validate.ts'
import { verify } from '../steps/verify.ts'
import type { Meanwhile, Pipeline } from './steps.ts'

/** The snapshot is looked at while its copy is migrated: on a large database each takes as long as the other. */
const proveAndMigrate: Meanwhile = { rows: [[integrity, validate], [migrate]] }

/**
 * A deploy. `prisma migrate deploy` never runs on the live file: it runs on a copy, the copy is proven, and the
 * proven copy is published into the live file in one transaction.
 */
export const deployPipeline: Pipeline = [
  lock,
  recover,
  preflight,
  snapshot,
  proveAndMigrate,
  verify,
  publish,
  backup,
  report,
]

/** A deploy that ends before it would change anything. */
export const rehearsalPipeline: Pipeline = [preflight, rehearsalSnapshot, proveAndMigrate, verify, rehearsePublish, rehearsalReport]
