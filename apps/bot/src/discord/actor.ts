import type { BaseInteraction } from 'discord.js'
import type { Texts } from '../texts/index.ts'
import type { Actor } from './handler.ts'

/** Who acts, and where, as the interaction itself says: nothing is looked up. */
export function actorOf(interaction: BaseInteraction, texts: Texts): Actor {
  return {
    userId: interaction.user.id,
    name: interaction.user.displayName,
    guildId: interaction.guildId,
    channelId: interaction.channelId ?? '0',
    t: texts.for(interaction.locale),
  }
}
