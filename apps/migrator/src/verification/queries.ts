import type { Context } from '../pipeline/context.ts'
import type { Stage } from '../pipeline/state.ts'
import type { PlanChange } from '../tasks/plans.ts'
import type { Problem } from './problem.ts'

/**
 * The common queries before and after: one that got worse without a migration saying so is a problem. Where none has run
 * nothing took an index away, and another plan is what SQLite thinks best for the rows that are left.
 */
export async function queryProblems({ runTask }: Context, before: string | null, after: string, stages: readonly Stage[]): Promise<{ problems: Problem[]; remarks: string[]; plans: PlanChange[] }> {
  if (before === null) return { problems: [], remarks: [], plans: [] }
  const plans = await runTask('plans', { before, after })
  const declared = new Map(stages.flatMap((stage) => stage.planned).flatMap(({ declaration }) => declaration.slower).map(({ query, why }) => [query, why]))
  const worse = plans.filter((plan) => plan.worse)
  if (stages.every((stage) => stage.planned.length === 0)) return { plans, problems: [], remarks: worse.map(({ name, why }) => `another plan for "${name}" since rows are fewer: ${why}`) }
  return {
    plans,
    problems: worse.filter(({ name }) => !declared.has(name)).map(({ name, why }) => ({ code: 'QUERY_WORSE', text: `the common query "${name}" got worse, which no preserve.json declares in "slower": ${why}` })),
    remarks: worse.filter(({ name }) => declared.has(name)).map(({ name, why }) => `slower, as declared (${declared.get(name)}): "${name}": ${why}`),
  }
}
