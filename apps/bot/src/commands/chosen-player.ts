import type { ChatInputCommandInteraction, SlashCommandSubcommandBuilder } from 'discord.js'
import type { Texts } from '../texts/index.ts'
import { describedOption } from './described.ts'

/** The player whom a command is about. */
export interface ChosenPlayer {
  readonly userId: string
  readonly name: string
  /** Whether it is the one who asks. */
  readonly self: boolean
}

/** The option `user`, or whoever uses the command. */
export function chosenPlayer({ options, user }: ChatInputCommandInteraction): ChosenPlayer {
  const chosen = options.getUser('user') ?? user
  return { userId: chosen.id, name: chosen.displayName, self: chosen.id === user.id }
}

export function withUserOption(builder: SlashCommandSubcommandBuilder, texts: Texts): SlashCommandSubcommandBuilder {
  return builder.addUserOption((option) => describedOption(option, texts, 'user'))
}
