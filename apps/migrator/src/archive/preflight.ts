import { refuse } from '../errors.ts'
import type { Preflight } from '../migrations/examine.ts'
import { need, type State } from '../pipeline/state.ts'
import type { Step, StepResult } from '../pipeline/steps.ts'
import { preflight as deployPreflight } from '../steps/preflight.ts'
import { countOldRows } from './selection.ts'

/** The version that has the archives. */
const ARCHIVES_SINCE = 11

/** Looks whether rows can be archived, as a deploy looks, and whether there is anything old at all. */
export function archivePreflight(day: string): Step {
  return {
    name: 'preflight',
    run: async (context, state) => {
      const result = await deployPreflight.run(context, state)
      try {
        return { ...result, ...decide(result, day, context.settings.database) }
      } catch (error) {
        result.live?.close()
        throw error
      }
    },
  }
}

function decide(result: StepResult, day: string, database: string): Pick<StepResult, 'upToDate' | 'summary'> {
  const found = need(result as Partial<State> as State, 'preflight')
  if (found.pending.length > 0 || (found.versionFrom ?? 0) < ARCHIVES_SINCE || !result.live) throw deployFirst(found, database)
  const { sessions, rankings } = countOldRows(result.live.connection, day)
  const nothing = sessions + rankings === 0
  return { upToDate: nothing, summary: nothing ? `nothing is older than ${day}` : `older than ${day}: ${sessions} games, ${rankings} weekly rankings` }
}

function deployFirst({ versionFrom, pending }: Preflight, database: string): Error {
  const old = (versionFrom ?? 0) < ARCHIVES_SINCE
  return refuse({
    code: 'DEPLOY_FIRST',
    what: `Nothing can be archived in ${database} yet.`,
    why: old
      ? `It has version ${versionFrom ?? 'none'}, and the archives come with version ${ARCHIVES_SINCE}.`
      : `${pending.length} ${pending.length === 1 ? 'migration is' : 'migrations are'} pending: rows are moved in the newest version only.`,
    next: 'Deploy first ("migrator deploy"), then archive.',
  })
}
