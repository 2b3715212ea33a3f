import { OPTION } from '../discord/component-types.ts'
import { type CommandOption, type Guild, localised } from '../discord/world.ts'
import type { ListItem } from './list-box.tsx'

/** A file as it was read for the control API. */
export interface GivenFile {
  readonly filename: string
  readonly base64: string
}

/** What was given for an option: a text as it was typed or picked, or a file. */
export type Given = string | GivenFile

/** A suggestion for an option. */
export interface Suggestion extends ListItem {
  readonly value: string
}

/** What an option offers by itself; null if it is typed freely or completes itself. */
export function suggestionsOf({ type, choices = [] }: CommandOption, guild: Guild | null, locale: string): Suggestion[] | null {
  if (choices.length > 0) return choices.map(({ name, name_localizations: names, value }) => ({ key: String(value), title: localised(name, names, locale), value: String(value) }))
  const people = (guild?.members ?? []).map(({ id, name }) => ({ key: id, title: `@${name}`, value: id }))
  const roles = (guild?.roles ?? []).map(({ id, name }) => ({ key: id, title: `@${name.replace(/^@/, '')}`, value: id }))
  switch (type) {
    case OPTION.boolean: return [{ key: 'true', title: 'True', value: 'true' }, { key: 'false', title: 'False', value: 'false' }]
    case OPTION.user: return people
    case OPTION.role: return roles
    case OPTION.mentionable: return [...people, ...roles]
    case OPTION.channel: return (guild?.channels ?? []).map(({ id, name }) => ({ key: id, title: `#${name}`, value: id }))
    default: return null
  }
}

/** What the control API takes for an option. */
export function readOption({ type }: CommandOption, given: Given): string | number | boolean | GivenFile {
  if (typeof given !== 'string') return given
  if (type === OPTION.boolean) return given === 'true'
  // What is no number is refused as what it is.
  const isNumber = (type === OPTION.integer || type === OPTION.number) && given.trim() !== '' && !Number.isNaN(Number(given))
  return isNumber ? Number(given) : given
}
