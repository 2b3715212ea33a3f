import type { Inspection } from '@trivia/database/invariants'
import { need, type State } from '../pipeline/state.ts'
import { type Step, StepFailure } from '../pipeline/steps.ts'
import { readAccepted } from '../structure/accepted.ts'
import { ruleProblems } from '../verification/data.ts'
import { fileProblems, foreignKeyProblems } from '../verification/file.ts'
import { knownRows, tablesWithDoubtfulKeys } from '../verification/known.ts'
import { checkExpectations } from '../verification/expectations.ts'
import { notVerified, type Problem } from '../verification/problem.ts'
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

    // At the same time: the file, Prisma, and all else one after the other. On a small database Prisma's start takes longest.
    const account = async (): Promise<Account> => {
      const rows = await accountForRows(context, candidate.stages, found)
      return {
        rows,
        keys: await foreignKeyProblems(context, path, tablesWithDoubtfulKeys(state, path, rows.whole)),
        inspection: await context.runTask('inspect', { file: path, ...knownRows(state, rows.whole) }),
        queries: await queryProblems(context, need(state as State, 'snapshot').path, path, candidate.stages),
      }
    }
    const [file, schema, { rows, keys, inspection, queries }] = await allSettled([fileProblems(context, path), prismaProblems(context, path, found, accepted), account()])
    const expectations = checkExpectations(candidate.stages)
    const data = ruleProblems(state.inspection, inspection, candidate)
    const problems = [...file, ...keys, ...rows.problems, ...structure.problems, ...data.problems, ...schema.problems, ...expectations.problems, ...queries.problems]
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

interface Account {
  readonly rows: Awaited<ReturnType<typeof accountForRows>>
  readonly keys: readonly Problem[]
  readonly inspection: Inspection
  readonly queries: Awaited<ReturnType<typeof queryProblems>>
}

/** Lets all checks end before a failure is thrown: the others still read the candidate. */
async function allSettled<T extends readonly unknown[]>(promises: { readonly [K in keyof T]: Promise<T[K]> }): Promise<T> {
  const results = await Promise.allSettled(promises)
  const failure = results.find((result) => result.status === 'rejected')
  if (failure !== undefined) throw failure.reason
  return results.map((result) => (result as PromiseFulfilledResult<unknown>).value) as unknown as T
}
