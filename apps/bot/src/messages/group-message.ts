import type { Group } from '@trivia/database/queries'
import { EmbedBuilder } from 'discord.js'
import { plain, playerName } from '../discord/escape.ts'
import type { Body } from '../discord/reply.ts'
import { type CreateResult, type GroupBoard, type JoinResult, type LeaveResult, LONGEST_NAME, MOST_GROUPS, MOST_MEMBERS } from '../features/groups/index.ts'
import type { Translate } from '../texts/index.ts'
import { joinedRows } from './board-rows.ts'
import { brandColour } from './colours.ts'

/** A player's groups with their codes. */
export function groupsMessage(t: Translate, groups: readonly Group[]): Body {
  const lines = groups.map(({ name, code, members }) => `${t('group.row', { name: plain(name), count: members })}\n-# ${t('group.code', { code })}`)
  return { embeds: [new EmbedBuilder().setColor(brandColour).setTitle(`👥 ${t('group.title')}`).setDescription(joinedRows(lines) || t('group.none'))] }
}

export function groupBoardTitle(t: Translate, { name }: GroupBoard): string {
  return t('group.leaderboardTitle', { name: plain(name) })
}

export function createdText(t: Translate, result: CreateResult): string {
  switch (result.kind) {
    case 'created': return t('group.created', { name: plain(result.name), code: result.code })
    case 'bad-name': return t('group.badName', { max: LONGEST_NAME })
    case 'too-many': return t('group.tooMany', { max: MOST_GROUPS })
  }
}

export function joinedText(t: Translate, result: JoinResult): string {
  switch (result.kind) {
    case 'joined': return t('group.joined', { name: plain(result.name) })
    case 'already': return t('group.already', { name: plain(result.name) })
    case 'full': return t('group.full', { max: MOST_MEMBERS })
    case 'bad-code': return t('group.badCode')
    case 'too-many': return t('group.tooMany', { max: MOST_GROUPS })
  }
}

export function leftText(t: Translate, result: LeaveResult): string {
  switch (result.kind) {
    case 'left': return t('group.left', { name: plain(result.name) })
    case 'dissolved': return t('group.dissolved', { name: plain(result.name) })
    case 'handed-over': return `${t('group.left', { name: plain(result.name) })} ${t('group.newOwner', { player: playerName(result.owner.name, result.owner.userId) })}`
    case 'not-member': return t('group.notMember')
  }
}
