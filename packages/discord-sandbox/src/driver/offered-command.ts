/* eslint-disable @typescript-eslint/no-deprecated -- bots still send dm_permission */
import { type APIApplicationCommand, ApplicationCommandType, InteractionContextType, PermissionFlagsBits } from 'discord-api-types/v10'
import { NotPossible } from '../errors.ts'
import type { Application } from '../state/model.ts'
import { permissionsOf } from '../state/permissions.ts'
import type { Scene } from './resolved.ts'

/** Finds a command that Discord's client offers somebody here; not possible if there is none, or if it is hidden from them (unless `evenIfHidden`). */
export function offeredCommand(scene: Scene, application: Application, userId: string, wanted: { type: ApplicationCommandType; name: string; evenIfHidden: boolean }): APIApplicationCommand {
  const shown = wanted.type === ApplicationCommandType.ChatInput ? `/${wanted.name}` : `"${wanted.name}"`
  const isIt = (each: APIApplicationCommand): boolean => each.name === wanted.name && each.type === wanted.type
  const ofGuild = scene.guild === undefined ? undefined : application.commands.get(scene.guild.id)?.find(isIt)
  const command = ofGuild ?? application.commands.get('global')?.find(isIt)
  if (command === undefined || (scene.guild !== undefined && !scene.guild.members.has(application.id))) throw new NotPossible(`There is no command ${shown}.`)
  if (!wanted.evenIfHidden && !isOffered(scene, command, userId)) throw new NotPossible(`Discord's menu does not offer ${shown} to this user.`)
  return command
}

function isOffered({ guild, channel }: Scene, command: APIApplicationCommand, userId: string): boolean {
  const contexts = command.contexts ?? undefined
  if (guild === undefined) return contexts === undefined ? command.dm_permission !== false : contexts.includes(InteractionContextType.BotDM)
  if (contexts !== undefined && !contexts.includes(InteractionContextType.Guild)) return false
  const { default_member_permissions: restricted } = command
  const held = permissionsOf(guild, userId, channel)
  const administrator = (held & PermissionFlagsBits.Administrator) !== 0n
  // "0" hides a command from all but administrators.
  if (restricted === '0' && !administrator) return false
  const needed = BigInt(restricted ?? 0) | PermissionFlagsBits.ViewChannel | PermissionFlagsBits.UseApplicationCommands
  return (held & needed) === needed
}
