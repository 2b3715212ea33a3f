import { NotPossible } from '../errors.ts'
import { type JsonObject, numberOf, objectsOf, plain } from '../json.ts'
import { LIMITS } from '../limits.ts'
import { OPTION } from '../validation/command-options.ts'
import type { GivenFile, Resolved } from './resolved.ts'

/** What may be given for an option: ids for users, channels, roles and mentionables. */
export type OptionValue = string | number | boolean | GivenFile

/** What an option of this value sends; what Discord's form would not take is not possible. */
export function valueOf(option: JsonObject, value: OptionValue, resolved: Resolved): string | number | boolean {
  const name = plain(option['name'])
  const refuse = (why: string): never => { throw new NotPossible(`"${typeof value === 'object' ? value.filename : String(value)}" is not possible for "${name}": ${why}.`) }
  if (typeof value === 'object') return option['type'] === OPTION.attachment ? file(value, resolved, refuse) : refuse('it is a file')
  const choices = objectsOf(option['choices'])
  if (choices.length > 0) {
    const choice = choices.find((each) => each['value'] === value || each['name'] === value)
    return choice === undefined ? refuse('it is none of the choices') : choice['value'] as string | number
  }
  const id = String(value)
  switch (option['type']) {
    case OPTION.string:
      if (typeof value !== 'string') return refuse('it is no text')
      return value.length < (numberOf(option['min_length']) ?? 0) || value.length > (numberOf(option['max_length']) ?? LIMITS.command.optionLength) ? refuse('its length') : value
    case OPTION.integer:
    case OPTION.number:
      if (typeof value !== 'number' || (option['type'] === OPTION.integer && !Number.isInteger(value))) return refuse('it is no such number')
      return value < (numberOf(option['min_value']) ?? -Infinity) || value > (numberOf(option['max_value']) ?? Infinity) ? refuse('its size') : value
    case OPTION.boolean: return typeof value === 'boolean' ? value : refuse('it is neither true nor false')
    case OPTION.user: return resolved.user(id) ? id : refuse('there is no such user')
    case OPTION.channel: return resolved.channel(id) ? id : refuse('there is no such channel')
    case OPTION.role: return resolved.role(id) ? id : refuse('there is no such role')
    case OPTION.mentionable: return resolved.mentionable(id) ? id : refuse('there is no such user or role')
    case OPTION.attachment: return refuse('it is no file')
    default: return refuse('the sandbox does not know this type of option')
  }
}

function file(value: GivenFile, resolved: Resolved, refuse: (why: string) => never): string {
  return Buffer.byteLength(value.content) > LIMITS.message.attachmentBytes ? refuse('it is larger than 10 MiB') : resolved.file(value)
}
