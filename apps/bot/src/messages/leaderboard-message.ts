import { ActionRowBuilder, ButtonBuilder, ButtonStyle, EmbedBuilder } from 'discord.js'
import { customId } from '../discord/custom-id.ts'
import { playerName } from '../discord/escape.ts'
import type { Body } from '../discord/reply.ts'
import type { BoardPage, Period, Scope } from '../features/leaderboards/index.ts'
import type { Translate } from '../texts/index.ts'
import { boardRows } from './board-rows.ts'
import { brandColour } from './colours.ts'

export interface LeaderboardView {
  readonly scope: Scope
  readonly period: Period
  readonly board: BoardPage
  /** Whoever looks. */
  readonly viewer: { readonly userId: string; readonly name: string }
}

/** A page of a leaderboard, the viewer's own place below, and buttons to turn pages. */
export function leaderboardMessage(t: Translate, view: LeaderboardView): Body {
  const { scope, period, board, viewer } = view
  const player = playerName(viewer.name, viewer.userId)
  const mine = board.me === null ? t('leaderboard.youNot', { player }) : t('leaderboard.you', { player, ...board.me })
  const rows = board.rows.length === 0 ? [t('leaderboard.empty')] : [...boardRows(t, board.rows, viewer.userId), '', mine]
  const resets = board.resets === null ? [] : ['', t('leaderboard.resets', { at: Math.floor(board.resets / 1000) })]
  const embed = new EmbedBuilder()
    .setColor(brandColour)
    .setTitle(`🏆 ${t('leaderboard.title')}`)
    .setDescription([`-# ${t('leaderboard.subtitle', { period: t(`choice.period.${period}`), scope: t(`choice.scope.${scope}`) })}`, '', ...rows, ...resets].join('\n'))
    .setFooter({ text: t('leaderboard.page', { page: board.page, pages: board.pages }) })
  return { embeds: [embed], components: board.previous === null && board.next === null ? [] : [turns(t, view)] }
}

/** `board:SCOPE:PERIOD:TURN…`, where a turn to the next or last page says behind which row it begins. */
function turns(t: Translate, { scope, period, board }: LeaderboardView): ActionRowBuilder<ButtonBuilder> {
  const { previous, next, page, start } = board
  const id = (...turn: readonly (string | number)[]): string => customId('board', scope, period, ...turn)
  const button = (turn: string, label: string): ButtonBuilder => new ButtonBuilder().setCustomId(turn).setLabel(label).setStyle(ButtonStyle.Secondary)
  return new ActionRowBuilder<ButtonBuilder>().addComponents(
    button(id('first'), t('leaderboard.firstButton')).setEmoji('⏮️').setDisabled(previous === null),
    button(previous === null ? id('before') : id('before', previous.points, previous.row, page, start), t('leaderboard.previousButton')).setEmoji('◀️').setDisabled(previous === null),
    button(next === null ? id('after') : id('after', next.points, next.row, page, start), t('leaderboard.nextButton')).setEmoji('▶️').setDisabled(next === null),
    button(id('me'), t('leaderboard.meButton')).setEmoji('📍').setStyle(ButtonStyle.Primary),
  )
}
