import { ActionRowBuilder, ButtonBuilder, ButtonStyle, EmbedBuilder } from 'discord.js'
import { customId } from '../discord/custom-id.ts'
import { playerName } from '../discord/escape.ts'
import type { Body } from '../discord/reply.ts'
import type { FriendLists, Person } from '../features/friends/index.ts'
import type { RankedPlayer } from '../features/leaderboards/index.ts'
import type { Translate } from '../texts/index.ts'
import { boardRows, joinedRows } from './board-rows.ts'
import { brandColour } from './colours.ts'

/** A player's friends, and the questions that wait for an answer. */
export function friendsMessage(t: Translate, { friends, incoming, outgoing }: FriendLists): Body {
  const names = (players: FriendLists['friends'], longest: number): string =>
    joinedRows(players.map(({ userId, name, points }) => `${playerName(name, userId)} — ${t('game.worth', { count: points })}`), longest)
  const embed = new EmbedBuilder()
    .setColor(brandColour)
    .setTitle(`🤝 ${t('friends.title')}`)
    .setDescription(names(friends, 3_600) || t('friends.none', { command: '/trivia friends' }))
  if (incoming.length > 0) embed.addFields({ name: t('friends.incomingTitle'), value: names(incoming, 1_000) })
  if (outgoing.length > 0) embed.addFields({ name: t('friends.outgoingTitle'), value: names(outgoing, 1_000) })
  return { embeds: [embed] }
}

/** A short list of players by points, with its title. */
export function shortBoardMessage(t: Translate, title: string, rows: readonly RankedPlayer[], userId: string): Body {
  const embed = new EmbedBuilder().setColor(brandColour).setTitle(`🏆 ${title}`.slice(0, 256)).setDescription(joinedRows(boardRows(t, rows, userId)) || t('leaderboard.empty'))
  return { embeds: [embed] }
}

/** The question to somebody in the channel, who alone can answer it: `friends:accept:ASKER:ASKED`. */
export function friendRequestMessage(t: Translate, asker: Person, asked: Person): Body {
  const button = (answer: 'accept' | 'decline', label: string, style: ButtonStyle): ButtonBuilder =>
    new ButtonBuilder().setCustomId(customId('friends', answer, asker.userId, asked.userId)).setLabel(label).setStyle(style)
  return {
    content: t('friends.askedPublic', { player: playerName(asked.name, asked.userId), asker: playerName(asker.name, asker.userId) }),
    components: [new ActionRowBuilder<ButtonBuilder>().addComponents(
      button('accept', t('friends.acceptButton'), ButtonStyle.Success), button('decline', t('friends.declineButton'), ButtonStyle.Secondary))],
  }
}
