import type { Inspection } from '@trivia/database/invariants'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { adoptionDeclaration } from '../adoption/convert.ts'
import { failed } from '../errors.ts'
import { folderChecksum } from '../migrations/folder.ts'
import type { Preflight } from '../migrations/examine.ts'
import type { Context } from '../pipeline/context.ts'
import { type Candidate, need, type State } from '../pipeline/state.ts'
import type { Step } from '../pipeline/steps.ts'
import { checkPreservation } from '../preservation/check.ts'
import { statementsTouching } from '../preservation/blame.ts'
import type { TableComparison } from '../preservation/compare.ts'
import { mergeDeclarations, type PreserveDeclaration, readDeclaration } from '../preservation/declaration.ts'
import { diffFromSchema } from '../prisma/migrate.ts'
import { withDatabase } from '../sqlite/connection.ts'
import { accept, readAccepted, withoutAccepted } from '../structure/accepted.ts'
import { readCatalog } from '../structure/catalog.ts'
import { compareStructures, type StructureDifference } from '../structure/difference.ts'
import { findLosses, undeclaredLosses } from '../structure/losses.ts'
import { replayStepwise } from '../structure/reference.ts'

/** Something that the candidate should not have, or should. */
interface Problem {
  readonly code: string
  readonly text: string
  readonly statements?: readonly string[]
}

/** Proves the candidate: file, foreign keys, structure, Prisma's view of it, the data's rules, every row of before. */
export const verify: Step = {
  name: 'verify',
  run: async (context, state) => {
    const found = need(state as State, 'preflight')
    const candidate = need(state as State, 'candidate')
    const snapshot = need(state as State, 'snapshot').path
    const declarations = found.pending.map(readDeclaration)
    const declaration = mergeDeclarations([...declarations, ...(found.origin === 'legacy' ? [adoptionDeclaration()] : [])])

    const structure = structureProblems(context, found, candidate, declarations)
    const [file, facts, schema] = await Promise.all([
      settle(fileProblems(context, candidate.path)),
      settle(dataFacts(context, candidate.path, snapshot)),
      settle(prismaProblems(context, candidate.path, found, structure.accepted)),
    ]).then(all)
    const problems = [
      ...file,
      ...preservationProblems(facts.preservation, declaration, found),
      ...structure.problems,
      ...invariantProblems(state.inspection, facts.inspection, candidate),
      ...schema.problems,
    ]
    if (problems.length > 0) throw notVerified(problems)
    if (structure.toAccept.length > 0) {
      accept(context.settings.database, structure.toAccept, 'kept when the database was adopted', need(state as State, 'ownership').mode)
    }
    const rows = facts.preservation.reduce((sum, table) => sum + table.before, 0)
    return {
      certificate: { ...facts, notes: schema.notes },
      remarks: schema.notes,
      summary: `${rows} rows of ${facts.preservation.length} tables compared, all accounted for`,
    }
  },
}

async function fileProblems({ runTask }: Context, file: string): Promise<Problem[]> {
  const problems = await runTask('integrity', { file })
  const dangling = await runTask('foreignKeys', { file })
  return [
    ...problems.map((text) => ({ code: 'CANDIDATE_DAMAGED', text })),
    ...dangling.slice(0, 20).map((row) => ({ code: 'FOREIGN_KEYS_BROKEN', text: `${row.table} row ${row.rowid ?? '?'} belongs to a row that is not in ${row.parent}` })),
  ]
}

async function dataFacts({ runTask, events }: Context, after: string, before: string | null): Promise<{ inspection: Inspection; preservation: TableComparison[] }> {
  events.progress('verify', 'comparing every row')
  const preservation = before === null ? [] : await runTask('compare', { before, after })
  return { preservation, inspection: await runTask('inspect', { file: after }) }
}

/**
 * What stock Prisma would change to make the database agree with schema.prisma. Where the folder has migrations
 * that schema.prisma and structure.sql do not know yet, that is worth a remark only.
 */
async function prismaProblems({ runPrisma, settings, signal }: Context, file: string, found: Preflight, accepted: readonly string[]): Promise<{ problems: Problem[]; notes: string[] }> {
  if (!existsSync(join(settings.prismaDir, 'schema.prisma'))) return { problems: [], notes: [] }
  const script = await diffFromSchema(runPrisma, { database: file, prismaDir: settings.prismaDir, signal })
  const differences = script
    .split('\n')
    .filter((line) => /^(ALTER|CREATE|DROP)\b/.test(line))
    .filter((line) => !/"quarantine_/.test(line) && !accepted.some((name) => line.includes(`"${name}"`)))
  if (differences.length === 0) return { problems: [], notes: [] }
  const text = `schema.prisma does not say what the migrations do: ${differences.join(' ')}`
  return isComplete(settings.prismaDir, found) ? { problems: [{ code: 'PRISMA_DIFFERS', text }], notes: [] } : { problems: [], notes: [text] }
}

function isComplete(prismaDir: string, { migrations }: Preflight): boolean {
  const file = join(prismaDir, 'structure.sql')
  return existsSync(file) && readFileSync(file, 'utf8').includes(folderChecksum(migrations))
}

function preservationProblems(comparisons: readonly TableComparison[], declaration: PreserveDeclaration, { pending, reference }: Preflight): Problem[] {
  return checkPreservation(comparisons, declaration).map(({ table, text }) => {
    const parents = (reference.catalog.tables.get(table)?.foreignKeys ?? []).map((key) => key.split(' -> ')[1]?.split(' (')[0] ?? '')
    return { code: 'ROWS_NOT_PRESERVED', text, statements: statementsTouching('rows', pending, [table, `new_${table}`, ...parents]) }
  })
}

function structureProblems(
  { settings }: Context,
  found: Preflight,
  candidate: Candidate,
  declarations: readonly PreserveDeclaration[],
): { problems: Problem[]; toAccept: StructureDifference[]; accepted: string[] } {
  const differences = withDatabase(candidate.path, { readonly: true }, (connection) => compareStructures(readCatalog(connection), found.reference.catalog))
  const isExtra = (difference: StructureDifference): boolean =>
    difference.kind === 'extra' && (candidate.extras.kept.includes(difference.name) || (found.origin === 'legacy' && difference.type === 'table'))
  const listed = readAccepted(settings.database)
  const unknown = withoutAccepted(differences.filter((difference) => !isExtra(difference)), listed)
  const problems: Problem[] = unknown.map((difference) => ({
    code: 'STRUCTURE_WRONG',
    text: difference.text,
    statements: statementsTouching('structure', found.pending, [difference.name]),
  }))

  const steps = replayStepwise(found.migrations)
  for (const [index, migration] of found.migrations.entries()) {
    const declaration = declarations[found.pending.indexOf(migration)]
    const [before, after] = [steps[index], steps[index + 1]]
    if (declaration === undefined || before === undefined || after === undefined) continue
    for (const loss of undeclaredLosses(findLosses(before, after), declaration.dropped)) {
      problems.push({
        code: 'STRUCTURE_LOST',
        text: `${loss.text} by ${migration.name}, which does not declare it in "dropped"`,
        statements: statementsTouching('structure', [migration], [loss.name, loss.table, `new_${loss.table}`]),
      })
    }
  }
  if (found.origin === 'managed') {
    const dropped = declarations.flatMap((declaration) => declaration.dropped)
    for (const left of candidate.extras.leftOut.filter(({ type, name }) => !dropped.some((each) => each.type === type && each.name === name))) {
      problems.push({ code: 'STRUCTURE_LOST', text: `${left.type} ${left.name} cannot stay, because ${left.why}` })
    }
  }
  const toAccept = differences.filter(isExtra)
  return { problems, toAccept, accepted: [...toAccept, ...listed].map((each) => each.name) }
}

function invariantProblems(before: Inspection | undefined, after: Inspection, candidate: Candidate): Problem[] {
  const setAside = Object.keys(candidate.quarantined).length > 0
  return Object.entries(after.figures).flatMap(([rule, rows]) => {
    const finding = after.findings.find((each) => each.rule === rule)
    if (finding === undefined) return []
    const was = before?.figures[rule] ?? 0
    if (rows <= was && !(finding.severity === 'error' && setAside)) return []
    const [first] = finding.examples
    return [{ code: 'DATA_WORSE', text: `${rows} rows of ${finding.table} break ${rule}, ${was} did before: ${first?.key ?? ''}: ${first?.reason ?? ''}` }]
  })
}

function notVerified(problems: readonly Problem[]): Error {
  const [first] = problems
  const statements = [...new Set(problems.flatMap((problem) => problem.statements ?? []))]
  return failed({
    code: first?.code ?? 'NOT_VERIFIED',
    what: 'The migrated copy did not verify, and was not published.',
    why: `${first?.text ?? ''}${first?.statements?.[0] === undefined ? '' : ` (${first.statements[0]})`}${problems.length > 1 ? `; and ${problems.length - 1} more` : ''}.`,
    next: 'Mend the migration, or declare in its preserve.json what it is meant to change; then deploy again. The live database is as before.',
    details: [...problems.map((problem) => problem.text), ...statements.map((statement) => `writes there: ${statement}`)],
  })
}

type Settled<T> = { ok: true; value: T } | { ok: false; error: unknown }

/** Lets the other checks end before a failure is thrown: they still read the candidate. */
function settle<T>(promise: Promise<T>): Promise<Settled<T>> {
  return promise.then(
    (value) => ({ ok: true, value }),
    (error: unknown) => ({ ok: false, error }),
  )
}

function all<A, B, C>(results: [Settled<A>, Settled<B>, Settled<C>]): [A, B, C] {
  const values = results.map((result) => {
    if (!result.ok) throw result.error
    return result.value
  })
  return values as [A, B, C]
}
