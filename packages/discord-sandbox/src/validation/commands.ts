import { isObject, type JsonObject, objectsOf, textOf, plain } from '../json.ts'
import { LIMITS, LOCALES } from '../limits.ts'
import { checkChoice, checkLength, checkNumber, checkText, eachObject, Faults, lengthOf } from './faults.ts'

const limits = LIMITS.command
const CHAT_INPUT = 1
/** https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-type */
export const OPTION = { subcommand: 1, group: 2, string: 3, integer: 4, boolean: 5, user: 6, channel: 7, role: 8, mentionable: 9, number: 10, attachment: 11 } as const
// https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-naming
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u

/** Checks the commands that replace all others of a scope. */
export function validateCommands(commands: readonly unknown[]): void {
  const faults = new Faults()
  const names = new Set<string>()
  const counts = new Map<number, number>()
  for (const [command, at] of eachObject(faults, commands)) {
    checkCommand(at, command)
    const type = typeof command['type'] === 'number' ? command['type'] : CHAT_INPUT
    counts.set(type, (counts.get(type) ?? 0) + 1)
    const key = `${type} ${plain(command['name'])}`
    if (names.has(key)) at.at('name').add('APPLICATION_COMMANDS_DUPLICATE_NAME', 'Command name must be unique.')
    names.add(key)
  }
  for (const [type, count] of counts) checkLength(faults, count, { max: type === CHAT_INPUT ? limits.chatInput : limits.contextMenu })
  faults.throwIfAny()
}

/** Checks one command. */
export function validateCommand(command: JsonObject): void {
  const faults = new Faults()
  checkCommand(faults, command)
  faults.throwIfAny()
}

function checkCommand(at: Faults, command: JsonObject): void {
  const type = command['type'] ?? CHAT_INPUT
  checkChoice(at.at('type'), type, [1, 2, 3, 4])
  if (type === CHAT_INPUT) {
    checkNames(at, command)
    checkDescriptions(at, command)
    checkOptions(at.at('options'), command['options'], 0)
  } else {
    checkText(at.at('name'), command['name'], { min: 1, max: limits.name, required: true })
    checkLocalised(at.at('name_localizations'), command['name_localizations'], (here, text) => checkText(here, text, { min: 1, max: limits.name }))
    if (textOf(command['description']) !== undefined && command['description'] !== '') at.at('description').add('APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_NOT_ALLOWED', 'Context menu commands cannot have description')
    if (lengthOf(command['options']) > 0) at.at('options').add('APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_NOT_ALLOWED', 'Context menu commands cannot have options')
  }
  const permissions = command['default_member_permissions']
  if (permissions != null && !/^\d+$/.test(plain(permissions))) at.at('default_member_permissions').add('PERMISSIONS_TYPE_CONVERT', 'Not a permission bit set.')
  if (sizeOf(command) > limits.total) at.add('APPLICATION_COMMAND_TOO_LARGE', `Command exceeds maximum size (${limits.total})`)
}

function checkOptions(faults: Faults, options: unknown, depth: number): void {
  checkLength(faults, lengthOf(options), { max: limits.options })
  const names = new Set<unknown>()
  let optional = false
  const kinds = new Set(objectsOf(options).map((option) => option['type'] === OPTION.subcommand || option['type'] === OPTION.group))
  if (kinds.size > 1) faults.add('APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', 'Sub-command and sub-command group option types are mutually exclusive to all other types')
  for (const [option, at] of eachObject(faults, options)) {
    checkNames(at, option)
    checkDescriptions(at, option)
    if (names.has(option['name'])) at.at('name').add('APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS', 'Option name already exists')
    names.add(option['name'])
    const type = option['type']
    const nestable = depth === 0 ? [1, 2] : depth === 1 ? [1] : []
    checkChoice(at.at('type'), type, [...nestable, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    if (type === OPTION.subcommand || type === OPTION.group) {
      if (type === OPTION.group && lengthOf(option['options']) === 0) at.at('options').required()
      checkOptions(at.at('options'), option['options'], type === OPTION.group ? 1 : 2)
      continue
    }
    if (option['required'] === true && optional) at.add('APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID', 'Required options must be placed before non-required options')
    optional ||= option['required'] !== true
    checkValues(at, option)
  }
}

function checkValues(at: Faults, option: JsonObject): void {
  const text = option['type'] === OPTION.string
  const numeric = option['type'] === OPTION.integer || option['type'] === OPTION.number
  if (option['choices'] != null && !text && !numeric) at.at('choices').add('APPLICATION_COMMAND_OPTIONS_CHOICES_NOT_ALLOWED', 'Choices are only allowed for string, integer and number options')
  if (option['autocomplete'] === true && lengthOf(option['choices']) > 0) at.add('APPLICATION_COMMAND_AUTOCOMPLETE_WITH_CHOICES', 'Autocomplete and choices are mutually exclusive')
  if (option['autocomplete'] === true && !text && !numeric) at.at('autocomplete').add('APPLICATION_COMMAND_AUTOCOMPLETE_NOT_ALLOWED', 'Autocomplete is only allowed for string, integer and number options')
  checkNumber(at.at('min_length'), option['min_length'], 0, limits.optionLength)
  checkNumber(at.at('max_length'), option['max_length'], 1, limits.optionLength)
  checkChoices(at.at('choices'), option['choices'], text)
}

/** Checks choices, of an option or as the answer of an autocompletion. */
export function checkChoices(faults: Faults, choices: unknown, text: boolean): void {
  checkLength(faults, lengthOf(choices), { max: limits.choices })
  for (const [choice, at] of eachObject(faults, choices)) {
    checkText(at.at('name'), choice['name'], { min: 1, max: limits.choiceName, required: true })
    checkLocalised(at.at('name_localizations'), choice['name_localizations'], (here, name) => checkText(here, name, { min: 1, max: limits.choiceName }))
    if (choice['value'] == null) at.at('value').required()
    else if (text) checkText(at.at('value'), choice['value'], { max: limits.choiceValue })
    else if (typeof choice['value'] !== 'number') at.at('value').add('NUMBER_TYPE_COERCE', `Value "${plain(choice['value'])}" is not a number.`)
  }
}

function checkNames(at: Faults, owner: JsonObject): void {
  const check = (here: Faults, name: unknown): void => {
    checkText(here, name, { min: 1, max: limits.name, required: true })
    if (typeof name === 'string' && (!NAME.test(name) || name !== name.toLowerCase())) here.add('APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid')
  }
  check(at.at('name'), owner['name'])
  checkLocalised(at.at('name_localizations'), owner['name_localizations'], check)
}

function checkDescriptions(at: Faults, owner: JsonObject): void {
  checkText(at.at('description'), owner['description'], { min: 1, max: limits.description, required: true })
  checkLocalised(at.at('description_localizations'), owner['description_localizations'], (here, text) => checkText(here, text, { min: 1, max: limits.description }))
}

function checkLocalised(faults: Faults, texts: unknown, check: (at: Faults, text: unknown) => void): void {
  if (!isObject(texts)) return
  for (const [locale, text] of Object.entries(texts)) {
    if (!LOCALES.includes(locale)) faults.at(locale).add('BASE_TYPE_CHOICES', `Value must be one of {${LOCALES.join(', ')}}.`)
    else if (text != null) check(faults.at(locale), text)
  }
}

/** Names, descriptions and values together; of localised texts only the longest counts. */
function sizeOf(part: JsonObject): number {
  const longest = (plain: unknown, localised: unknown): number => Math.max(...[plain, ...(isObject(localised) ? Object.values(localised) : [])].map((text) => textOf(text)?.length ?? 0))
  const own = longest(part['name'], part['name_localizations']) + longest(part['description'], part['description_localizations']) + (textOf(part['value'])?.length ?? 0)
  return [...objectsOf(part['options']), ...objectsOf(part['choices'])].reduce((sum, child) => sum + sizeOf(child), own)
}
