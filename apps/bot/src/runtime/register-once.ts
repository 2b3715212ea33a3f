import { DiscordAPIError, REST, Routes } from 'discord.js'
import { commandDefinitions } from '../commands/catalogue.ts'
import type { Config } from '../config.ts'
import { BotError } from '../errors.ts'
import { createTexts } from '../texts/index.ts'
import { registerCommands } from './register.ts'

export interface Registration {
  readonly changed: boolean
  readonly commands: number
  /** Null: everywhere. */
  readonly guild: string | null
}

/** Registers the commands without running the bot. @throws BotError */
export async function registerOnce({ token, apiUrl }: Config, guild: string | null): Promise<Registration> {
  const rest = new REST({ api: apiUrl }).setToken(token)
  const commands = commandDefinitions(createTexts())
  try {
    // A bot's user has the id of its application.
    const { id } = (await rest.get(Routes.user())) as { id: string }
    return { changed: await registerCommands(rest, id, commands, guild), commands: commands.length, guild }
  } catch (error) {
    if (error instanceof DiscordAPIError || (error instanceof Error && 'status' in error)) {
      const refused = 'status' in error && error.status === 401
      throw new BotError({
        code: refused ? 'TOKEN_REFUSED' : 'REGISTRATION_REFUSED', exitCode: 3,
        what: refused ? 'Discord does not take the token.' : 'Discord does not take the commands.', why: error.message,
        next: refused ? "Copy the bot's token from the Discord developer portal into DISCORD_TOKEN." : 'Look at the reason; without --guild the commands are registered everywhere.',
      })
    }
    throw new BotError({ code: 'DISCORD_UNREACHABLE', exitCode: 3, what: 'Discord cannot be reached.', why: error instanceof Error ? error.message : String(error), next: 'Look at the network and at DISCORD_API_URL.' })
  }
}
