import { need, type State } from '../pipeline/state.ts'
import type { Step } from '../pipeline/steps.ts'
import { readAccepted } from '../structure/accepted.ts'
import { ruleProblems } from '../verification/data.ts'
import { fileProblems } from '../verification/file.ts'
import { worsePlans } from '../verification/plans.ts'
import { notVerified } from '../verification/problem.ts'
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

    const [file, rows, inspection, schema] = await allSettled([
      fileProblems(context, path),
      accountForRows(context, candidate.stages, found),
      context.runTask('inspect', { file: path }),
      prismaProblems(context, path, found, accepted),
    ])
    const data = ruleProblems(state.inspection, inspection, candidate)
    const problems = [...file, ...rows.problems, ...structure.problems, ...data.problems, ...schema.problems]
    if (problems.length > 0) throw notVerified(problems)

    const plans = worsePlans(need(state as State, 'snapshot').path, path)
    const compared = rows.whole.reduce((sum, table) => sum + table.before, 0)
    return {
      certificate: { preservation: rows.whole, inspection, worsePlans: plans, toAccept: structure.toAccept },
      remarks: [...data.remarks, ...schema.remarks, ...plans],
      summary: `${compared} rows of ${rows.whole.length} tables compared, all accounted for`,
    }
  },
}

/** Lets all checks end before a failure is thrown: the others still read the candidate. */
async function allSettled<T extends readonly unknown[]>(promises: { readonly [K in keyof T]: Promise<T[K]> }): Promise<T> {
  const results = await Promise.allSettled(promises)
  const failure = results.find((result) => result.status === 'rejected')
  if (failure !== undefined) throw failure.reason
  return results.map((result) => (result as PromiseFulfilledResult<unknown>).value) as unknown as T
}
