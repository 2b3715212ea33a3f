import { existsSync, readFileSync, statSync } from 'node:fs'
import { z } from 'zod'
import { writeFileDurably } from '../files/durable.ts'
import { sha256File } from '../files/hash.ts'
import type { Ownership } from '../files/permissions.ts'
import { apply } from '../files/permissions.ts'
import { type BackupType, backupTypes } from './types.ts'
import { readLedger, readVersion } from '../migrations/ledger.ts'
import { readWithMmap, withDatabase } from '../sqlite/connection.ts'
import { countRows } from '../structure/tables.ts'

/** When somebody last looked whether a backup is still good, and whether it was. */
const check = z.object({ at: z.string(), ok: z.boolean() })

const manifestSchema = z.object({
  format: z.literal(1),
  type: z.enum(backupTypes),
  createdAt: z.string(),
  /** The database that it is a backup of. */
  database: z.string(),
  /** Of the file as it stands there. */
  sha256: z.string(),
  bytes: z.number(),
  /** Of the database inside, where the file is a compressed one. */
  content: z.object({ sha256: z.string(), bytes: z.number() }).optional(),
  schemaVersion: z.number().nullable(),
  migrations: z.array(z.string()),
  rows: z.record(z.string(), z.number()),
  /** The figures of `validate` at that time. */
  figures: z.record(z.string(), z.number()),
  integrity: z.object({ ok: z.boolean(), problems: z.array(z.string()) }),
  /** The last `backup verify` and the last `backup drill`. */
  checks: z.object({ verify: check.optional(), drill: check.optional() }).optional(),
})

/** What is known of a backup; stands beside it as NAME.db.json or NAME.db.zst.json. */
export type Manifest = z.output<typeof manifestSchema>

export function manifestPath(backup: string): string {
  return `${backup}.json`
}

/** The manifest of a backup; null where it has none or one that cannot be read. */
export function readManifest(backup: string): Manifest | null {
  const file = manifestPath(backup)
  if (!existsSync(file)) return null
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}

/** Whether a backup was good when it was made, and no later look found otherwise. */
export function isSound({ integrity, checks }: Manifest): boolean {
  return integrity.ok && checks?.verify?.ok !== false
}

/** What a manifest says of a damaged file, which is kept for what can still be saved from it. */
const unreadable: Pick<Manifest, 'schemaVersion' | 'migrations' | 'rows'> = { schemaVersion: null, migrations: [], rows: {} }

/** Looks at a finished backup and writes its manifest: only then it counts. */
export async function writeManifest(
  backup: string,
  facts: {
    readonly type: BackupType
    readonly createdAt: string
    readonly database: string
    readonly problems: readonly string[]
    /** The figures of `validate`, from whoever has just looked; none for a damaged file. */
    readonly figures: Readonly<Record<string, number>>
    /** The database inside of a compressed backup, as it was before it was compressed. */
    /** Where somebody has summed it up already; it is read for it otherwise. */
    readonly sha256?: string
    readonly content?: { readonly path: string; readonly sha256: string; readonly bytes: number }
  },
  ownership: Ownership,
): Promise<Manifest> {
  const described = facts.problems.length > 0 ? unreadable : withDatabase(facts.content?.path ?? backup, { readonly: true }, (connection) => {
    readWithMmap(connection)
    return {
      schemaVersion: readVersion(connection),
      migrations: (readLedger(connection) ?? []).filter((row) => row.finished && !row.rolledBack).map((row) => row.name),
      rows: countRows(connection),
    }
  })
  const manifest: Manifest = {
    format: 1,
    type: facts.type,
    createdAt: facts.createdAt,
    database: facts.database,
    sha256: facts.sha256 ?? await sha256File(backup),
    bytes: statSync(backup).size,
    ...(facts.content === undefined ? {} : { content: { sha256: facts.content.sha256, bytes: facts.content.bytes } }),
    ...described,
    figures: facts.figures,
    integrity: { ok: facts.problems.length === 0, problems: [...facts.problems] },
  }
  saveManifest(backup, manifest, ownership.mode)
  apply(ownership, manifestPath(backup))
  return manifest
}

/**
 * Notes in the manifest what a look at the backup found.
 *
 * @returns false where that cannot be written, such as on a disk that is mounted for reading only
 */
export function recordChecks(backup: string, checks: NonNullable<Manifest['checks']>): boolean {
  const manifest = readManifest(backup)
  if (manifest === null || !existsSync(backup)) return false
  try {
    const { mode } = statSync(manifestPath(backup))
    saveManifest(backup, { ...manifest, checks: { ...manifest.checks, ...checks } }, mode & 0o666)
    return true
  } catch {
    return false
  }
}

function saveManifest(backup: string, manifest: Manifest, mode: number): void {
  writeFileDurably(manifestPath(backup), `${JSON.stringify(manifest, null, 2)}\n`, mode)
}
