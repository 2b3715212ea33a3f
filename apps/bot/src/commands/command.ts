import type { SlashCommandSubcommandBuilder } from 'discord.js'
import type { CommandHandler } from '../discord/handler.ts'
import type { Texts } from '../texts/index.ts'

/** A sub-command: what Discord shows of it, and what it does. One file each. */
export interface TriviaCommand extends CommandHandler {
  /** The English name, by which interactions name it. */
  readonly name: string
  /** Names, describes and completes it with its options. */
  readonly describe: (builder: SlashCommandSubcommandBuilder, texts: Texts) => SlashCommandSubcommandBuilder
}
