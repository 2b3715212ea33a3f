import type { RESTPostAPIApplicationCommandsJSONBody } from 'discord-api-types/v10'
import { InteractionContextType, SlashCommandBuilder } from 'discord.js'
import type { CommandHandler } from '../discord/handler.ts'
import { MANAGER_PERMISSION } from '../discord/manager-permission.ts'
import type { Texts } from '../texts/index.ts'
import { achievements } from './achievements.ts'
import { add } from './admin/add.ts'
import { config } from './admin/config.ts'
import { importFile } from './admin/import.ts'
import { reports } from './admin/reports.ts'
import { reset } from './admin/reset.ts'
import { weeklyPost } from './admin/weekly-post.ts'
import { daily, weekly } from './challenge.ts'
import type { TriviaCommand } from './command.ts'
import { describedCommand } from './described.ts'
import { friends } from './friends.ts'
import { group } from './group.ts'
import { leaderboard } from './leaderboard.ts'
import { play } from './play.ts'
import { privacy } from './privacy.ts'
import { rank } from './rank.ts'
import { report } from './report.ts'
import { settings } from './settings.ts'
import { stats } from './stats.ts'

/** The sub-commands of /trivia, in the order of Discord's menu. */
export const triviaCommands: readonly TriviaCommand[] = [play, daily, weekly, stats, report, leaderboard, rank, achievements, settings, friends, group, privacy]

/** The sub-commands of /admin. */
export const adminCommands: readonly TriviaCommand[] = [config, reset, add, importFile, reports, weeklyPost]

/** What is registered with Discord. */
export function commandDefinitions(texts: Texts): RESTPostAPIApplicationCommandsJSONBody[] {
  const trivia = describedCommand(new SlashCommandBuilder(), texts, 'trivia').setContexts(InteractionContextType.Guild)
  for (const command of triviaCommands) trivia.addSubcommand((builder) => command.describe(builder, texts))
  const admin = describedCommand(new SlashCommandBuilder(), texts, 'admin').setContexts(InteractionContextType.Guild).setDefaultMemberPermissions(MANAGER_PERMISSION)
  for (const command of adminCommands) admin.addSubcommand((builder) => command.describe(builder, texts))
  return [trivia.toJSON(), admin.toJSON()]
}

/** Handlers by command and sub-command. */
export function commandHandlers(): ReadonlyMap<string, CommandHandler> {
  return new Map([
    ...triviaCommands.map((command) => [`trivia ${command.name}`, command] as const),
    ...adminCommands.map((command) => [`admin ${command.name}`, command] as const),
  ])
}
