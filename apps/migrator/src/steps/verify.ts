import type { KnownRows } from '@trivia/database/invariants'
import { need, type State } from '../pipeline/state.ts'
import { type Step, StepFailure } from '../pipeline/steps.ts'
import type { TableComparison } from '../preservation/compare.ts'
import { readAccepted } from '../structure/accepted.ts'
import { ruleProblems } from '../verification/data.ts'
import { fileProblems } from '../verification/file.ts'
import { checkExpectations } from '../verification/expectations.ts'
import { notVerified } from '../verification/problem.ts'
import { queryProblems } from '../verification/queries.ts'
import { accountForRows } from '../verification/rows.ts'
import { prismaProblems } from '../verification/schema.ts'
import { structureProblems } from '../verification/structure.ts'

/** Proves the candidate: file, foreign keys, structure, Prisma's view of it, the data's rules, every row of before. */
export const verify: Step = {
  name: 'verify',
  run: async (context, state) => {
    const found = need(state as State, 'preflight')
    const candidate = need(state as State, 'candidate')
    const { path } = candidate
    const listed = readAccepted(context.settings.database)
    const structure = structureProblems(found, candidate, listed)
    const accepted = [...structure.toAccept, ...listed].map((each) => each.name)

    const accounted = accountForRows(context, candidate.stages, found)
    const [file, rows, inspection, schema, queries] = await allSettled([
      fileProblems(context, path),
      accounted,
      accounted.then((found) => context.runTask('inspect', { file: path, ...knownFrom(state, found.whole) })),
      prismaProblems(context, path, found, accepted),
      // After the comparison: the queries' times are better measured when less is going on.
      accounted.then(() => queryProblems(context, need(state as State, 'snapshot').path, path, candidate.stages)),
    ])
    const expectations = checkExpectations(candidate.stages)
    const data = ruleProblems(state.inspection, inspection, candidate)
    const problems = [...file, ...rows.problems, ...structure.problems, ...data.problems, ...schema.problems, ...expectations.problems, ...queries.problems]
    const certificate = { preservation: rows.whole, inspection, plans: queries.plans, expectations, toAccept: structure.toAccept }
    if (problems.length > 0) throw new StepFailure(notVerified(problems), { findings: certificate })

    const compared = rows.whole.reduce((sum, table) => sum + table.before, 0)
    return {
      certificate,
      findings: certificate,
      remarks: [...data.remarks, ...schema.remarks, ...queries.remarks],
      summary: `${compared} rows of ${rows.whole.length} tables compared, all accounted for`,
    }
  },
}

/** Rules that were held against the snapshot's rows need not be held against the same rows again. */
function knownFrom({ inspection }: Readonly<State>, comparisons: readonly TableComparison[]): { known?: KnownRows } {
  if (inspection === undefined) return {}
  const sameTables = comparisons.filter((table) => table.sameColumns && table.lost + table.added + table.changed + table.quarantined === 0).map((table) => table.table)
  return { known: { inspection, sameTables } }
}

/** Lets all checks end before a failure is thrown: the others still read the candidate. */
async function allSettled<T extends readonly unknown[]>(promises: { readonly [K in keyof T]: Promise<T[K]> }): Promise<T> {
  const results = await Promise.allSettled(promises)
  const failure = results.find((result) => result.status === 'rejected')
  if (failure !== undefined) throw failure.reason
  return results.map((result) => (result as PromiseFulfilledResult<unknown>).value) as unknown as T
}
