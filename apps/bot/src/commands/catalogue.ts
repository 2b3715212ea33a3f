import { type RESTPostAPIApplicationCommandsJSONBody } from 'discord-api-types/v10'
import { InteractionContextType, SlashCommandBuilder } from 'discord.js'
import type { CommandHandler } from '../discord/handler.ts'
import type { Texts } from '../texts/index.ts'
import { daily, weekly } from './challenge.ts'
import type { TriviaCommand } from './command.ts'
import { describedCommand } from './described.ts'
import { play } from './play.ts'

/** The sub-commands of /trivia, in the order of Discord's menu. */
export const triviaCommands: readonly TriviaCommand[] = [play, daily, weekly]

/** What is registered with Discord. */
export function commandDefinitions(texts: Texts): RESTPostAPIApplicationCommandsJSONBody[] {
  const trivia = describedCommand(new SlashCommandBuilder(), texts, 'trivia').setContexts(InteractionContextType.Guild)
  for (const command of triviaCommands) trivia.addSubcommand((builder) => command.describe(builder, texts))
  return [trivia.toJSON()]
}

/** Handlers by command and sub-command. */
export function commandHandlers(): ReadonlyMap<string, CommandHandler> {
  return new Map(triviaCommands.map((command) => [`trivia ${command.name}`, command]))
}
