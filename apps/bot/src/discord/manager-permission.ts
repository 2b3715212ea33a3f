import { type BaseInteraction, PermissionFlagsBits } from 'discord.js'
import type { CommandHandler, ComponentHandler, ModalHandler } from './handler.ts'
import { type Reply, whisper } from './reply.ts'
import type { Translate } from '../texts/index.ts'

/** What /admin needs; Discord's menu hides it from others, but whoever sends it all the same is refused here. */
export const MANAGER_PERMISSION = PermissionFlagsBits.ManageGuild

function refusal(interaction: BaseInteraction, t: Translate): Reply | null {
  if (!interaction.inGuild()) return whisper(t('errors.serverOnly'))
  return interaction.memberPermissions.has(MANAGER_PERMISSION) ? null : whisper(t('errors.userPermission', { permission: 'Manage Server' }))
}

/** A handler for those who manage the server, which it gets the id of. */
export function forManagers(run: (guildId: string, ...rest: Parameters<CommandHandler['run']>) => Promise<Reply>): CommandHandler['run'] {
  return async (services, actor, interaction) => refusal(interaction, actor.t) ?? run(actor.guildId ?? '', services, actor, interaction)
}

export function componentForManagers(run: (guildId: string, ...rest: Parameters<ComponentHandler>) => Promise<Reply> | Reply): ComponentHandler {
  return (services, actor, interaction, parts) => refusal(interaction, actor.t) ?? run(actor.guildId ?? '', services, actor, interaction, parts)
}

export function modalForManagers(run: (guildId: string, ...rest: Parameters<ModalHandler>) => Promise<Reply>): ModalHandler {
  return async (services, actor, interaction, parts) => refusal(interaction, actor.t) ?? run(actor.guildId ?? '', services, actor, interaction, parts)
}
