import { type Client, DiscordAPIError, Events } from 'discord.js'
import type { Logger } from 'pino'
import { BotError } from '../errors.ts'

/** How long Discord may take until all shards are ready, in milliseconds. */
const PATIENCE = 120_000

/** Logs in and waits until everything is there. @throws BotError TOKEN_REFUSED, DISCORD_UNREACHABLE */
export async function login(client: Client, token: string, log: Logger): Promise<Client<true>> {
  const { promise, resolve, reject } = Promise.withResolvers<Client<true>>()
  const timer = setTimeout(() => reject(unreachable('It did not become ready in time.')), PATIENCE)
  client.once(Events.ClientReady, resolve)
  try {
    await client.login(token)
    return await promise
  } catch (error) {
    if (error instanceof BotError) throw error
    log.debug({ err: error }, 'the login failed')
    const refused = (error instanceof DiscordAPIError && error.status === 401) || (error instanceof Error && /token/i.test(error.message))
    throw refused
      ? new BotError({ code: 'TOKEN_REFUSED', exitCode: 3, what: 'Discord does not take the token.', why: 'It is wrong, or it was reset.', next: "Copy the bot's token from the Discord developer portal into DISCORD_TOKEN." })
      : unreachable(error instanceof Error ? error.message : String(error))
  } finally {
    clearTimeout(timer)
  }
}

function unreachable(why: string): BotError {
  return new BotError({ code: 'DISCORD_UNREACHABLE', exitCode: 3, what: 'Discord cannot be reached.', why, next: 'Look at the network and at DISCORD_API_URL, and start again.' })
}
