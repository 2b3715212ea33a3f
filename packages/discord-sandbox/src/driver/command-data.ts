import type { APIApplicationCommand } from 'discord-api-types/v10'
import { NotPossible } from '../errors.ts'
import { type JsonObject, objectsOf, plain } from '../json.ts'
import { OPTION } from '../validation/command-options.ts'
import { type OptionValue, valueOf } from './option-value.ts'
import { Resolved, type Scene } from './resolved.ts'

/** Makes an interaction's data of a command line, as Discord's client does: it refuses what its form would. */
export function commandData(scene: Scene, command: APIApplicationCommand, path: readonly string[], values: Readonly<Record<string, OptionValue>>, focused?: string): JsonObject {
  const { options, nest } = descend(command, path)
  for (const name of Object.keys(values)) if (!options.some((each) => each['name'] === name)) throw new NotPossible(`There is no option "${name}".`)
  const resolved = new Resolved(scene)
  const given = options.flatMap((option): JsonObject[] => {
    const name = plain(option['name'])
    const value = values[name]
    if (value === undefined) {
      if (option['required'] === true && focused === undefined) throw new NotPossible(`The option "${name}" is required.`)
      return []
    }
    // What is still being typed is a text that nothing has checked yet.
    if (focused === name) return [{ name, type: option['type'], value: typeof value === 'object' ? value.filename : value, focused: true }]
    return [{ name, type: option['type'], value: valueOf(option, value, resolved) }]
  })
  const all = nest.reduceRight<JsonObject[]>((inner, level) => [{ ...level, options: inner }], given)
  return { ...identity(command), options: all, ...resolved.data() }
}

/** Makes the data of a command that was chosen from the menu of a user or a message. */
export function menuData(scene: Scene, command: APIApplicationCommand, kind: 'user' | 'message', targetId: string): JsonObject {
  const resolved = new Resolved(scene)
  if (!resolved[kind](targetId)) throw new NotPossible(`There is no such ${kind} here.`)
  return { ...identity(command), target_id: targetId, ...resolved.data() }
}

function identity(command: APIApplicationCommand): JsonObject {
  return { id: command.id, name: command.name, type: command.type, ...(command.guild_id === undefined ? {} : { guild_id: command.guild_id }) }
}

/** The options at the end of a path of sub-commands, and what they are nested in. */
function descend(command: APIApplicationCommand, path: readonly string[]): { options: readonly JsonObject[]; nest: readonly { name: unknown; type: unknown }[] } {
  let options = objectsOf(command.options)
  const nest: { name: unknown; type: unknown }[] = []
  for (const name of path) {
    const below = options.find((each) => each['name'] === name && isNested(each))
    if (below === undefined) throw new NotPossible(`/${command.name} has no sub-command "${name}".`)
    nest.push({ name, type: below['type'] })
    options = objectsOf(below['options'])
  }
  if (options.some(isNested)) throw new NotPossible(`/${[command.name, ...path].join(' ')} needs a sub-command.`)
  return { options, nest }
}

function isNested(option: JsonObject): boolean {
  return option['type'] === OPTION.subcommand || option['type'] === OPTION.group
}
