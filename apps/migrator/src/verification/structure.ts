import type { Preflight } from '../migrations/examine.ts'
import type { Candidate } from '../pipeline/state.ts'
import { statementsTouching } from '../preservation/blame.ts'
import { withDatabase } from '../sqlite/connection.ts'
import { type AcceptedDifference, withoutAccepted } from '../structure/accepted.ts'
import { type Catalog, readCatalog } from '../structure/catalog.ts'
import { compareStructures, type StructureDifference } from '../structure/difference.ts'
import { findLosses, undeclaredLosses } from '../structure/losses.ts'
import { replayStepwise } from '../structure/reference.ts'
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
      ...planned.flatMap(({ migration, declaration, before }) => [
        ...lossesOf(migration.name, before, afterOf(found, migration.name), declaration.dropped, migration),
        ...unknownNames(migration.name, Object.keys(declaration.tables), [before, afterOf(found, migration.name), actual]),
      ]),
      ...lostExtras(found, candidate),
    ],
    toAccept,
  }
}

/** What no migration knows and the database keeps: extras that were put back; when it is adopted, its own tables. */
function isKeptExtra(difference: StructureDifference, found: Preflight, candidate: Candidate): boolean {
  if (difference.kind !== 'extra') return false
  return candidate.extras.kept.includes(difference.name) || (found.origin === 'legacy' && !found.reference().catalog.tables.has(difference.table))
}

function afterOf({ migrations }: Preflight, name: string): Catalog {
  const index = migrations.findIndex((migration) => migration.name === name)
  const after = replayStepwise(migrations.slice(0, index + 1)).at(-1)
  if (after === undefined) throw new Error(`${name} is not in the folder.`)
  return after
}

function lossesOf(
  name: string,
  before: Catalog,
  after: Catalog,
  dropped: Parameters<typeof undeclaredLosses>[1],
  migration: Preflight['migrations'][number],
): Problem[] {
  return undeclaredLosses(findLosses(before, after), dropped).map((loss) => ({
    code: 'STRUCTURE_LOST',
    text: `${loss.text} by ${name}, which does not declare it in "dropped"`,
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
