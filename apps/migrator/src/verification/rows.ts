import { adoptionDeclaration } from '../adoption/convert.ts'
import type { Preflight } from '../migrations/examine.ts'
import type { Context } from '../pipeline/context.ts'
import type { Stage } from '../pipeline/state.ts'
import { statementsTouching } from '../preservation/blame.ts'
import { checkPreservation } from '../preservation/check.ts'
import type { TableComparison } from '../preservation/compare.ts'
import { mergeDeclarations } from '../preservation/declaration.ts'
import type { Problem } from './problem.ts'

/**
 * Every row of before against every row of after, stage by stage, held against what the stage's own migrations
 * declare. The account of the whole way is for the report.
 */
export async function accountForRows(
  { runTask, events }: Context,
  stages: readonly Stage[],
  found: Preflight,
): Promise<{ problems: Problem[]; whole: readonly TableComparison[] }> {
  const problems: Problem[] = []
  let whole: readonly TableComparison[] = []
  events.progress('verify', 'comparing every row')
  for (const [index, { before, after, planned, declared }] of stages.entries()) {
    if (before === null) continue
    const comparisons = await runTask('compare', { before, after })
    if (stages.length === 1) whole = comparisons
    // The adoption goes before the first migration, and its changes are compared together with that stage's.
    const own = [...planned.map((each) => each.declaration), ...(declared === undefined ? [] : [declared])]
    const declaration = mergeDeclarations(index === 0 && found.origin === 'legacy' ? [adoptionDeclaration(), ...own] : own)
    problems.push(...rowProblems(comparisons, declaration, planned.map((each) => each.migration), found))
  }
  const [first, last] = [stages[0], stages.at(-1)]
  if (stages.length > 1 && first?.before && last) whole = await runTask('compare', { before: first.before, after: last.after })
  return { problems, whole }
}

function rowProblems(
  comparisons: readonly TableComparison[],
  declaration: Parameters<typeof checkPreservation>[1],
  migrations: Preflight['migrations'],
  { reference }: Preflight,
): Problem[] {
  return checkPreservation(comparisons, declaration).map(({ table, text }) => {
    const parents = (reference().catalog.tables.get(table)?.foreignKeys ?? []).map((key) => key.split(' -> ')[1]?.split(' (')[0] ?? '')
    return { code: 'ROWS_NOT_PRESERVED', text, statements: statementsTouching('rows', migrations, [table, `new_${table}`, ...parents]) }
  })
}
