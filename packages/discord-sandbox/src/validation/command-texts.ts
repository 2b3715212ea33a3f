import { isObject, type JsonObject } from '../json.ts'
import { LIMITS, LOCALES } from '../limits.ts'
import { checkText, type Faults } from './faults.ts'

const limits = LIMITS.command
// https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-naming
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u

/** Checks the name of a command or an option, and its translations. */
export function checkNames(at: Faults, owner: JsonObject): void {
  const check = (here: Faults, name: unknown): void => {
    checkText(here, name, { min: 1, max: limits.name, required: true })
    if (typeof name === 'string' && (!NAME.test(name) || name !== name.toLowerCase())) here.add('APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid')
  }
  check(at.at('name'), owner['name'])
  checkLocalised(at.at('name_localizations'), owner['name_localizations'], check)
}

/** Checks the description of a command or an option, and its translations. */
export function checkDescriptions(at: Faults, owner: JsonObject): void {
  checkText(at.at('description'), owner['description'], { min: 1, max: limits.description, required: true })
  checkLocalised(at.at('description_localizations'), owner['description_localizations'], (here, text) => checkText(here, text, { min: 1, max: limits.description }))
}

/** Checks each translation of a text; `null` takes one away. */
export function checkLocalised(faults: Faults, texts: unknown, check: (at: Faults, text: unknown) => void): void {
  if (!isObject(texts)) return
  for (const [locale, text] of Object.entries(texts)) {
    if (!LOCALES.includes(locale)) faults.at(locale).add('BASE_TYPE_CHOICES', `Value must be one of {${LOCALES.join(', ')}}.`)
    else if (text != null) check(faults.at(locale), text)
  }
}
