import { recogniseLegacy } from '../adoption/recognise.ts'
import { MigratorError, refuse } from '../errors.ts'
import { type Connection, count } from '../sqlite/connection.ts'
import { readCatalog } from '../structure/catalog.ts'
import { compareStructures, type StructureDifference } from '../structure/difference.ts'
import { readReference, type Reference, replay } from '../structure/reference.ts'
import { declaredVersion, type Migration } from './folder.ts'
import { compareLedger, type LedgerState, readLedger, readVersion } from './ledger.ts'

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
  /** What the migrations make of an empty database. Throws when one of them fails on it. */
  readonly reference: () => Reference
  /** The version that they lead to. */
  readonly versionTo: number | null
}

/**
 * Finds out what a database is and what it lacks.
 *
 * @param connection null where there is no file
 * @throws MigratorError with exit 3 for a database that these migrations cannot go on with
 */
export function examineDatabase(connection: Connection | null, database: string, prismaDir: string, migrations: readonly Migration[]): Preflight {
  const reference = once(() => readReference(prismaDir, migrations))
  const versionTo = newestVersion(reference, migrations)
  if (connection === null || isEmpty(connection)) {
    return { origin: 'new', versionFrom: null, migrations, pending: migrations, baseline: [], reference, versionTo }
  }
  const versionFrom = readVersion(connection)
  const ledger = compareLedger(readLedger(connection), migrations)
  assertLedger(ledger, versionFrom, versionTo)
  if (ledger.applied.length > 0) {
    return { origin: 'managed', versionFrom, migrations, pending: ledger.pending, baseline: [], reference, versionTo }
  }
  const { version, baseline } = recogniseLegacy(connection, database, migrations)
  const pending = migrations.filter((migration) => !baseline.includes(migration))
  return { origin: 'legacy', versionFrom: versionFrom ?? version, migrations, pending, baseline, reference, versionTo }
}

/** How the structure differs from what the applied migrations make of an empty database. */
export function structureDrift(connection: Connection, { migrations, pending, reference }: Preflight): StructureDifference[] {
  const expected = pending.length === 0 ? reference() : replay(migrations.filter((migration) => !pending.includes(migration)))
  return compareStructures(readCatalog(connection), expected.catalog)
}

/** The refusal for a structure that is not as the migrations made it. */
export function structureDiffers(differences: readonly StructureDifference[], acceptedFile: string): Error {
  return refuse({
    code: 'STRUCTURE_DIFFERS',
    what: 'The structure of the database is not what its migrations made.',
    why: `Somebody changed it by other means: ${differences.map((difference) => difference.text).join('; ')}.`,
    next: `Undo the change, or, if it is wanted, list it in ${acceptedFile} (docs/structure.md), and deploy again.`,
    details: differences.map((difference) => `${difference.kind}: ${difference.text}`),
  })
}

/** Where a migration fails on an empty database, what their texts say has to do. */
function newestVersion(reference: () => Reference, migrations: readonly Migration[]): number | null {
  try {
    return reference().version
  } catch (error) {
    if (error instanceof MigratorError) return declaredVersion(migrations)
    throw error
  }
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => (made ??= { value: make() }).value
}

function isEmpty(connection: Connection): boolean {
  return count(connection, "SELECT count(*) FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND tbl_name <> '_prisma_migrations'") === 0
}

function assertLedger(ledger: LedgerState, version: number | null, newest: number | null): void {
  const [unfinished] = ledger.unfinished
  if (unfinished !== undefined) {
    throw refuse({
      code: 'MIGRATION_UNFINISHED',
      what: `The migration ${unfinished.name} was begun on this database and never finished.`,
      why: `A bare "prisma migrate deploy" ran on it and stopped halfway${unfinished.logs ? `: ${unfinished.logs.split('\n', 1)[0]}` : '.'}`,
      next: 'Restore the backup from before it ("migrator restore FILE"), or mend by hand and tell Prisma with "pnpm prisma migrate resolve".',
    })
  }
  if (ledger.missing.length > 0 && version !== null && newest !== null && version > newest) {
    throw refuse({
      code: 'DATABASE_NEWER',
      what: `The database has version ${version}, this code knows up to version ${newest}.`,
      why: `A newer release has migrated it: ${ledger.missing.join(', ')}.`,
      next: 'Deploy that release or a newer one, or restore a backup from before it: "migrator backup list".',
    })
  }
  if (ledger.missing.length > 0) {
    throw refuse({
      code: 'MIGRATION_MISSING',
      what: `The database has migrations that are not in the folder: ${ledger.missing.join(', ')}.`,
      why: 'They were removed or renamed after they had been applied, or the database is another project\'s.',
      next: 'Bring them back from version control, and deploy again.',
      details: ledger.missing,
    })
  }
  if (ledger.edited.length > 0) {
    throw refuse({
      code: 'MIGRATION_EDITED',
      what: `Migrations were edited after they had been applied: ${ledger.edited.join(', ')}.`,
      why: 'The database has what the file said then; what it says now would never be done.',
      next: 'Bring the old text back from version control and put the change into a new migration.',
      details: ledger.edited,
    })
  }
}
