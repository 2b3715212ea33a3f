import { PermissionFlagsBits } from 'discord.js'
import { challengeReply } from '../commands/challenge.ts'
import type { ComponentHandler } from '../discord/handler.ts'
import { playerName } from '../discord/escape.ts'
import { whisper } from '../discord/reply.ts'

/** `stop:SESSION`: ends a game, by its host or by who keeps order in the channel. */
export const stopButton: ComponentHandler = async ({ store }, actor, interaction, [session]) => {
  const moderator = interaction.memberPermissions?.has(PermissionFlagsBits.ManageMessages) ?? false
  const result = await store.call('stop', { sessionId: Number(session), userId: actor.userId, channelId: actor.channelId, moderator })
  if (result === 'unknown') return whisper(actor.t('game.gone'))
  if (result === 'not-allowed') return whisper(actor.t('game.notYoursToStop'))
  return { kind: 'message', ephemeral: false, body: { content: actor.t('game.stopped', { player: playerName(actor.name, actor.userId) }) } }
}

/** `weekly:SESSION`: the next question of the week. */
export const weeklyButton: ComponentHandler = (services, actor, interaction) => challengeReply(services, actor, 'weekly', interaction.token, 'update')

/** `challenge:weekly`, under an announcement: starts the week for whoever clicks. */
export const challengeButton: ComponentHandler = (services, actor, interaction) => challengeReply(services, actor, 'weekly', interaction.token, 'message')
