import { NotPossible } from '../errors.ts'
import { type JsonObject, numberOf, objectsOf } from '../json.ts'
import { COMPONENT } from '../validation/controls.ts'
import type { Resolved } from './resolved.ts'

/** The values that a choice from a select sends; options go by label or value, everything else by id. */
export function chosenValues(select: JsonObject, wanted: readonly string[], resolved: Resolved): unknown[] {
  const chosen = wanted.map((value) => select['type'] === COMPONENT.stringSelect ? optionOf(select, value) : thingOf(select, value, resolved))
  if (chosen.length < (numberOf(select['min_values']) ?? 1) || chosen.length > (numberOf(select['max_values']) ?? 1)) throw new NotPossible('Too few or too many are chosen.')
  return chosen
}

function optionOf(select: JsonObject, value: string): unknown {
  const option = objectsOf(select['options']).find((each) => each['value'] === value || each['label'] === value)
  if (option === undefined) throw new NotPossible(`There is no option "${value}".`)
  return option['value']
}

function thingOf(select: JsonObject, id: string, resolved: Resolved): string {
  const find: Readonly<Record<number, (id: string) => boolean>> = {
    [COMPONENT.userSelect]: (each) => resolved.user(each), [COMPONENT.roleSelect]: (each) => resolved.role(each),
    [COMPONENT.mentionableSelect]: (each) => resolved.mentionable(each), [COMPONENT.channelSelect]: (each) => resolved.channel(each),
  }
  if (find[Number(select['type'])]?.(id) !== true) throw new NotPossible(`"${id}" cannot be chosen.`)
  return id
}
