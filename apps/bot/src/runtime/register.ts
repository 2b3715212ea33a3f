import { isDeepStrictEqual } from 'node:util'
import type { RESTPostAPIApplicationCommandsJSONBody } from 'discord-api-types/v10'
import { DiscordAPIError, type REST, Routes } from 'discord.js'

/** What Discord keeps of a command and its options, in one form, whether it comes from here or from there. */
const KEPT = [
  'type', 'name', 'name_localizations', 'description', 'description_localizations', 'required', 'choices', 'options', 'autocomplete', 'value',
  'min_value', 'max_value', 'min_length', 'max_length', 'channel_types', 'default_member_permissions', 'contexts', 'integration_types', 'nsfw',
]
/** What Discord adds where nothing was said. */
const ABSENT: Readonly<Record<string, unknown>> = { type: 1, required: false, autocomplete: false, nsfw: false, integration_types: [0] }

/**
 * Registers the commands, everywhere or in one server, if they are not registered like that already.
 *
 * @returns whether anything had to be changed
 */
export async function registerCommands(rest: REST, applicationId: string, commands: readonly RESTPostAPIApplicationCommandsJSONBody[], guildId: string | null): Promise<boolean> {
  const route = guildId === null ? Routes.applicationCommands(applicationId) : Routes.applicationGuildCommands(applicationId, guildId)
  // Where the present commands cannot be had they count as changed.
  const present = await rest.get(route, { query: new URLSearchParams({ with_localizations: 'true' }) }).catch((error: unknown) => {
    if (error instanceof DiscordAPIError && error.status === 401) throw error
    return null
  })
  if (isDeepStrictEqual(byName(present), byName(commands))) return false
  await rest.put(route, { body: commands })
  return true
}

function byName(commands: unknown): unknown[] {
  const list = Array.isArray(commands) ? commands.map(canonical) : []
  return list.sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1))
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([key, each]) => !(each === null || each === undefined || isDeepStrictEqual(each, ABSENT[key]) || (Array.isArray(each) && each.length === 0) || (typeof each === 'object' && Object.keys(each as object).length === 0)))
  const isLocalizations = entries.every(([key]) => !KEPT.includes(key))
  return Object.fromEntries(entries.filter(([key]) => isLocalizations || KEPT.includes(key)).map(([key, each]) => [key, canonical(each)] as const).sort(([one], [other]) => (one < other ? -1 : 1)))
}
