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


const manifestSchema = z.object({
  format: z.literal(1),
  type: z.enum(backupTypes),
  createdAt: z.string(),
  /** The database that it is a backup of. */
  database: z.string(),
  sha256: z.string(),
  bytes: z.number(),
  schemaVersion: z.number().nullable(),
  migrations: z.array(z.string()),
  rows: z.record(z.string(), z.number()),
  /** The figures of `validate` at that time. */
  figures: z.record(z.string(), z.number()),
  integrity: z.object({ ok: z.boolean(), problems: z.array(z.string()) }),
})

/** What is known of a backup; stands beside it as NAME.db.json. */
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
  },
  ownership: Ownership,
): Promise<Manifest> {
  const content = facts.problems.length > 0 ? unreadable : withDatabase(backup, { readonly: true }, (connection) => {
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
    sha256: await sha256File(backup),
    bytes: statSync(backup).size,
    ...content,
    figures: facts.figures,
    integrity: { ok: facts.problems.length === 0, problems: [...facts.problems] },
  }
  writeFileDurably(manifestPath(backup), `${JSON.stringify(manifest, null, 2)}\n`, ownership.mode)
  apply(ownership, manifestPath(backup))
  return manifest
}
