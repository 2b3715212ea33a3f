import type { Preflight } from '../migrations/examine.ts'
import type { Migration } from '../migrations/folder.ts'
import type { Candidate } from '../pipeline/state.ts'
import { statementsTouching } from '../preservation/blame.ts'
import type { PlannedMigration } from '../preservation/stages.ts'
import { withDatabase } from '../sqlite/connection.ts'
import { type AcceptedDifference, withoutAccepted } from '../structure/accepted.ts'
import { type Catalog, readCatalog } from '../structure/catalog.ts'
import { compareStructures, type StructureDifference } from '../structure/difference.ts'
import { findLosses, undeclaredLosses } from '../structure/losses.ts'
import { replay } from '../structure/reference.ts'
import type { Problem } from './problem.ts'

/** The candidate's structure against the reference, and what each migration takes away without saying so. */
export function structureProblems(
  found: Preflight,
  candidate: Candidate,
  listed: readonly AcceptedDifference[],
): { problems: Problem[]; toAccept: StructureDifference[] } {
  const actual = withDatabase(candidate.path, { readonly: true }, readCatalog)
  const differences = compareStructures(actual, found.reference().catalog)
  const toAccept = differences.filter((difference) => isKeptExtra(difference, found, candidate))
  const unknown = withoutAccepted(differences.filter((difference) => !toAccept.includes(difference)), listed)
  const planned = candidate.stages.flatMap((stage) => stage.planned)
  return {
    problems: [
      ...unknown.map((difference) => ({
        code: 'STRUCTURE_WRONG',
        text: difference.text,
        statements: statementsTouching('structure', found.pending, [difference.name]),
      })),
      ...planned.flatMap(({ migration, declaration, before }, index) => {
        const after = structureAfter(migration, planned[index + 1], found)
        return [
          ...lossesOf(migration, before, after, declaration.dropped),
          ...unknownNames(migration.name, Object.keys(declaration.tables), [before, after, actual]),
        ]
      }),
      ...lostExtras(found, candidate),
    ],
    toAccept,
  }
}

/** What a migration makes of the structure: what the next one begins with, where that comes right after it. */
function structureAfter(migration: Migration, next: PlannedMigration | undefined, { migrations }: Preflight): Catalog {
  const end = migrations.indexOf(migration) + 1
  return next !== undefined && next.migration === migrations[end] ? next.before : replay(migrations.slice(0, end)).catalog
}

/** What no migration knows and the database keeps: extras that were put back; when it is adopted, its own tables. */
function isKeptExtra(difference: StructureDifference, found: Preflight, candidate: Candidate): boolean {
  if (difference.kind !== 'extra') return false
  return candidate.extras.kept.includes(difference.name) || (found.origin === 'legacy' && !found.reference().catalog.tables.has(difference.table))
}

function lossesOf(
  migration: Preflight['migrations'][number],
  before: Catalog,
  after: Catalog,
  dropped: Parameters<typeof undeclaredLosses>[1],
): Problem[] {
  return undeclaredLosses(findLosses(before, after), dropped).map((loss) => ({
    code: 'STRUCTURE_LOST',
    text: `${loss.text} by ${migration.name}, which does not declare it in "dropped"`,
    statements: statementsTouching('structure', [migration], [loss.name, loss.table, `new_${loss.table}`]),
  }))
}

/** A declaration for a table that there is not is a slip of the pen, and explains nothing. */
function unknownNames(migration: string, tables: readonly string[], catalogs: readonly Catalog[]): Problem[] {
  return tables
    .filter((table) => !catalogs.some((catalog) => catalog.tables.has(table)))
    .map((table) => ({ code: 'PRESERVE_INVALID', text: `preserve.json of ${migration} names a table ${table}, which there is not` }))
}

/** In a managed database somebody has accepted these extras: one that cannot stay has to be declared. */
function lostExtras({ origin }: Preflight, { extras, stages }: Candidate): Problem[] {
  if (origin !== 'managed') return []
  const dropped = stages.flatMap((stage) => stage.planned).flatMap((each) => each.declaration.dropped)
  return extras.leftOut
    .filter(({ type, name }) => !dropped.some((each) => each.type === type && each.name === name))
    .map(({ type, name, why }) => ({ code: 'STRUCTURE_LOST', text: `${type} ${name} cannot stay, because ${why}` }))
}
