import { PermissionFlagsBits } from 'discord-api-types/v10'
import { NotPossible } from '../errors.ts'
import { type JsonObject, plain } from '../json.ts'
import { LIMITS } from '../limits.ts'
import type { StoredMessage } from '../state/model.ts'
import { permissionsOf } from '../state/permissions.ts'
import type { GivenFile, Scene } from './resolved.ts'
import type { SeenMessage } from './seen.ts'

/** The messages of a channel that somebody sees, oldest first; none if the channel is hidden from them. */
export function visibleMessages(scene: Scene, userId: string): IteratorObject<StoredMessage> {
  const hidden = scene.guild !== undefined && !may(scene, userId, PermissionFlagsBits.ViewChannel)
  return scene.world.messages.inChannel(scene.channel.id).filter((each) => !hidden && (each.onlyFor === undefined || each.onlyFor === userId))
}

/** The component of a message that somebody uses: it is there, they see it, and it is not disabled. */
export function componentOf(scene: Scene, userId: string, message: SeenMessage, name: string | undefined, types: readonly unknown[]): JsonObject {
  if (message.deleted) throw new NotPossible('The message is gone.')
  const stored = scene.world.messages.get(message.id)
  const seen = stored?.channelId === scene.channel.id && (stored.onlyFor === undefined || stored.onlyFor === userId) && (scene.guild === undefined || may(scene, userId, PermissionFlagsBits.ViewChannel))
  if (!seen) throw new NotPossible('This user does not see the message.')
  const found = message.components.find((each) => types.includes(each['type']) && (name === undefined || each['custom_id'] === name || each['label'] === name))
  if (found === undefined) throw new NotPossible(`The message has no "${name ?? 'select'}"; it has ${message.components.map((each) => plain(each['label'] ?? each['custom_id'])).join(', ')}.`)
  if (found['disabled'] === true) throw new NotPossible(`"${name ?? 'select'}" is disabled.`)
  return found
}

/** Whether somebody may write this here; if not, it is not possible. */
export function requireSpeech(scene: Scene, userId: string, content: string, files: readonly GivenFile[]): void {
  if (scene.guild !== undefined && (!may(scene, userId, PermissionFlagsBits.ViewChannel) || !may(scene, userId, PermissionFlagsBits.SendMessages))) throw new NotPossible('This user may not write here.')
  if (content.trim() === '' && files.length === 0) throw new NotPossible('The message is empty.')
  if (content.length > LIMITS.message.content) throw new NotPossible(`The message is longer than ${LIMITS.message.content}.`)
}

function may(scene: Scene, userId: string, permission: bigint): boolean {
  return scene.guild !== undefined && (permissionsOf(scene.guild, userId, scene.channel) & permission) !== 0n
}
