import { type Group, groupMembers, groupsOf } from '@trivia/database/queries'
import type { GameContext } from '../game/index.ts'
import { type RankedPlayer, rankedList } from '../leaderboards/index.ts'

export function groupList({ db }: GameContext, { userId }: { userId: string }): Group[] {
  return groupsOf(db, userId)
}

export interface GroupBoard {
  readonly name: string
  readonly rows: readonly RankedPlayer[]
}

/** The members of a group by all points ever; null for whoever is no member. */
export function groupBoard({ db }: GameContext, { userId, groupId }: { userId: string; groupId: number }): GroupBoard | null {
  return db.savepoint(() => {
    const group = groupsOf(db, userId).find(({ id }) => id === groupId)
    return group === undefined ? null : { name: group.name, rows: rankedList(groupMembers(db, groupId)) }
  })
}
