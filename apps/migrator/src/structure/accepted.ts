import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { messageOf, refuse } from '../errors.ts'
import { writeFileDurably } from '../files/durable.ts'
import { apply, type Ownership } from '../files/permissions.ts'
import { normalize } from './ddl.ts'
import type { StructureDifference } from './difference.ts'

const acceptedFile = z.strictObject({
  accepted: z.array(
    z.strictObject({
      kind: z.enum(['missing', 'extra', 'changed']),
      type: z.enum(['table', 'index', 'trigger', 'view']),
      name: z.string().min(1),
      /** The object as it was accepted; another one of that name is a new difference. Any, when left out. */
      sql: z.string().optional(),
      why: z.string().min(1),
    }),
  ),
})

export type AcceptedDifference = z.output<typeof acceptedFile>['accepted'][number]

/** The file, beside the database, that lists differences of its structure that its operator wants. */
export function acceptedPath(database: string): string {
  return `${database}.accepted.json`
}

/** @throws MigratorError ACCEPTED_INVALID (exit 3) */
export function readAccepted(database: string): AcceptedDifference[] {
  const file = acceptedPath(database)
  if (!existsSync(file)) return []
  try {
    return acceptedFile.parse(JSON.parse(readFileSync(file, 'utf8'))).accepted
  } catch (error) {
    throw refuse({
      code: 'ACCEPTED_INVALID',
      what: `${file} cannot be read.`,
      why: messageOf(error),
      next: 'Mend it: {"accepted":[{"kind":"extra","type":"index","name":"…","why":"…"}]}.',
    }, error)
  }
}

/** The differences that are not accepted. */
export function withoutAccepted(differences: readonly StructureDifference[], accepted: readonly AcceptedDifference[]): StructureDifference[] {
  return differences.filter((difference) => !accepted.some((each) => covers(each, difference)))
}

/** Adds differences to the file; what is in it stays. */
export function accept(database: string, differences: readonly StructureDifference[], why: string, ownership: Ownership): void {
  const before = readAccepted(database)
  const added = withoutAccepted(differences, before).map(({ kind, type, name, actual }) => ({ kind, type, name, ...(actual === null ? {} : { sql: actual }), why }))
  if (added.length === 0) return
  writeFileDurably(acceptedPath(database), `${JSON.stringify({ accepted: [...before, ...added] }, null, 2)}\n`, ownership.mode)
  apply(ownership, acceptedPath(database))
}

function covers(accepted: AcceptedDifference, difference: StructureDifference): boolean {
  if (accepted.kind !== difference.kind || accepted.type !== difference.type || accepted.name !== difference.name) return false
  return accepted.sql === undefined || difference.actual === null || normalize(accepted.sql) === normalize(difference.actual)
}
