import { derivedTriggers } from '@trivia/database/derived'
import type { Definition } from './structure.ts'

/** Tables that others are derived from by triggers, and those whose rows mean nothing without these. */
const GROUPS = [
  { derived: ['rank_counts'], sources: ['users', 'weekly_rankings', 'monthly_rankings', 'guild_rankings'], dependent: [] },
  { derived: ['question_buckets', 'question_slots'], sources: ['questions'], dependent: ['channel_pools', 'channel_draws'] },
]

/** What is made anew instead of salvaged. */
export interface Rebuild {
  /** Tables whose old rows are not taken: triggers fill them, or they only remember what was drawn lately. */
  readonly tables: ReadonlySet<string>
  /** The triggers that have to be there before the rows. */
  readonly triggers: readonly Definition[]
}

/** Where a table or what is derived from it is damaged, the old counts would not be those of the rows that are left. */
export function toRebuild(damaged: ReadonlySet<string>, objects: readonly Definition[]): Rebuild {
  const groups = GROUPS.filter((group) => [...group.derived, ...group.sources, ...group.dependent].some((table) => damaged.has(table)))
  const sources = new Set(groups.flatMap((group) => group.sources))
  return {
    tables: new Set(groups.flatMap((group) => [...group.derived, ...group.dependent])),
    triggers: objects.filter(({ type, name, table }) => type === 'trigger' && derivedTriggers.includes(name) && sources.has(table)),
  }
}
