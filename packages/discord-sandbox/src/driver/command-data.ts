import type { APIApplicationCommand } from 'discord-api-types/v10'
import { NotPossible } from '../errors.ts'
import { type JsonObject, numberOf, objectsOf, plain } from '../json.ts'
import type { Guild } from '../state/model.ts'
import { userOf, wireMember } from '../state/wire.ts'
import type { World } from '../state/world.ts'
import { OPTION } from '../validation/commands.ts'

/** What may be given for an option. */
export type OptionValue = string | number | boolean

/** Makes an interaction's data of a command line, as Discord's client does: it refuses what its form would. */
export function commandData(world: World, guild: Guild, command: APIApplicationCommand, path: readonly string[], values: Readonly<Record<string, OptionValue>>, focused?: string): JsonObject {
  let options = objectsOf(command.options)
  const nest: { name: unknown; type: unknown }[] = []
  for (const name of path) {
    const below = options.find((each) => each['name'] === name && (each['type'] === OPTION.subcommand || each['type'] === OPTION.group))
    if (below === undefined) throw new NotPossible(`/${command.name} has no sub-command "${name}".`)
    nest.push({ name, type: below['type'] })
    options = objectsOf(below['options'])
  }
  if (options.some((each) => each['type'] === OPTION.subcommand || each['type'] === OPTION.group)) throw new NotPossible(`/${[command.name, ...path].join(' ')} needs a sub-command.`)
  for (const name of Object.keys(values)) if (!options.some((each) => each['name'] === name)) throw new NotPossible(`There is no option "${name}".`)

  const resolved: Record<string, Record<string, unknown>> = {}
  const given = options.flatMap((option): JsonObject[] => {
    const name = plain(option['name'])
    const value = values[name]
    if (value === undefined) {
      if (option['required'] === true && focused === undefined) throw new NotPossible(`The option "${name}" is required.`)
      return []
    }
    if (focused === name) return [{ name, type: option['type'], value, focused: true }]
    return [{ name, type: option['type'], value: valueOf(world, guild, option, value, resolved) }]
  })
  const all = nest.reduceRight<JsonObject[]>((inner, level) => [{ ...level, options: inner }], given)
  return { id: command.id, name: command.name, type: 1, options: all, ...(command.guild_id === undefined ? {} : { guild_id: command.guild_id }), ...(Object.keys(resolved).length === 0 ? {} : { resolved }) }
}

function valueOf(world: World, guild: Guild, option: JsonObject, value: OptionValue, resolved: Record<string, Record<string, unknown>>): OptionValue {
  const name = plain(option['name'])
  const refuse = (why: string): never => { throw new NotPossible(`"${plain(value)}" is not possible for "${name}": ${why}.`) }
  const choices = objectsOf(option['choices'])
  if (choices.length > 0) {
    const choice = choices.find((each) => each['value'] === value || each['name'] === value)
    return choice === undefined ? refuse('it is none of the choices') : choice['value'] as OptionValue
  }
  const keep = (kind: string, id: string, thing: unknown): void => void ((resolved[kind] ??= {})[id] = thing)
  switch (option['type']) {
    case OPTION.string:
      if (typeof value !== 'string') return refuse('it is no text')
      return value.length < (numberOf(option['min_length']) ?? 0) || value.length > (numberOf(option['max_length']) ?? 6_000) ? refuse('its length') : value
    case OPTION.integer:
    case OPTION.number:
      if (typeof value !== 'number' || (option['type'] === OPTION.integer && !Number.isInteger(value))) return refuse('it is no such number')
      return value < (numberOf(option['min_value']) ?? -Infinity) || value > (numberOf(option['max_value']) ?? Infinity) ? refuse('its size') : value
    case OPTION.boolean: return typeof value === 'boolean' ? value : refuse('it is neither true nor false')
    case OPTION.user: {
      const id = String(value)
      if (!world.people.has(id)) return refuse('there is no such user')
      keep('users', id, userOf(world, id))
      const member = guild.members.get(id)
      if (member !== undefined) keep('members', id, { ...wireMember(world, member), user: undefined, permissions: '0' })
      return id
    }
    case OPTION.channel: {
      const channel = guild.channels.get(String(value))
      if (channel === undefined) return refuse('there is no such channel')
      keep('channels', channel.id, { id: channel.id, name: channel.name, type: channel.type, permissions: '0' })
      return channel.id
    }
    case OPTION.role: {
      const role = guild.roles.get(String(value))
      if (role === undefined) return refuse('there is no such role')
      keep('roles', role.id, role)
      return role.id
    }
    default: return refuse('the sandbox does not know this type of option yet')
  }
}
