import {
  addMember, createGroup, deleteGroup, ensurePlayer, giveGroup, type Group, groupByCode, groupsOf, isMember, longestMember, removeMember,
} from '@trivia/database/queries'
import { type GameContext, timeAt } from '../game/context.ts'
import { newCode, readCode } from './code.ts'
import { readGroupName } from './name.ts'

export const MOST_MEMBERS = 100
export const MOST_GROUPS = 20

interface Player {
  readonly userId: string
  readonly name: string
}

export type CreateResult = { readonly kind: 'created'; readonly name: string; readonly code: string } | { readonly kind: 'bad-name' | 'too-many' }

/** Makes a group with the player as its owner and first member. */
export function foundGroup(context: GameContext, { player, groupName }: { player: Player; groupName: string }): CreateResult {
  const { db, random } = context
  const name = readGroupName(groupName)
  if (name === null) return { kind: 'bad-name' }
  if (groupsOf(db, player.userId).length >= MOST_GROUPS) return { kind: 'too-many' }
  ensurePlayer(db, player.userId, player.name, timeAt(context))
  let code = newCode(random)
  while (groupByCode(db, code) !== undefined) code = newCode(random)
  const id = createGroup(db, { name, code, ownerId: player.userId, at: timeAt(context) })
  addMember(db, id, player.userId, timeAt(context))
  return { kind: 'created', name, code }
}

export type JoinResult = { readonly kind: 'joined' | 'already' | 'full'; readonly name: string } | { readonly kind: 'bad-code' | 'too-many' }

export function joinGroup(context: GameContext, { player, code }: { player: Player; code: string }): JoinResult {
  const { db } = context
  const group = groupByCode(db, readCode(code))
  if (group === undefined) return { kind: 'bad-code' }
  if (isMember(db, group.id, player.userId)) return { kind: 'already', name: group.name }
  if (group.members >= MOST_MEMBERS) return { kind: 'full', name: group.name }
  if (groupsOf(db, player.userId).length >= MOST_GROUPS) return { kind: 'too-many' }
  ensurePlayer(db, player.userId, player.name, timeAt(context))
  addMember(db, group.id, player.userId, timeAt(context))
  return { kind: 'joined', name: group.name }
}

export type LeaveResult =
  | { readonly kind: 'left' | 'dissolved'; readonly name: string }
  | { readonly kind: 'handed-over'; readonly name: string; readonly owner: { readonly userId: string; readonly name: string | null } }
  | { readonly kind: 'not-member' }

/** Leaves a group. An owner hands it to the longest member; the last one leaving closes it. */
export function leaveGroup({ db }: GameContext, { userId, groupId }: { userId: string; groupId: number }): LeaveResult {
  const group = groupsOf(db, userId).find(({ id }) => id === groupId)
  if (group === undefined) return { kind: 'not-member' }
  removeMember(db, group.id, userId)
  return handOver({ db }, group, userId)
}

function handOver({ db }: Pick<GameContext, 'db'>, { id, name, ownerId }: Pick<Group, 'id' | 'name' | 'ownerId'>, leaving: string): LeaveResult {
  const heir = longestMember(db, id)
  if (heir === undefined) {
    deleteGroup(db, id)
    return { kind: 'dissolved', name }
  }
  if (ownerId !== leaving) return { kind: 'left', name }
  giveGroup(db, id, heir.userId)
  return { kind: 'handed-over', name, owner: heir }
}
