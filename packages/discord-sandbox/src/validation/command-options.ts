import { type JsonObject, objectsOf, plain } from '../json.ts'
import { LIMITS } from '../limits.ts'
import { checkDescriptions, checkLocalised, checkNames } from './command-texts.ts'
import { checkChoice, checkLength, checkNumber, checkText, eachObject, type Faults, lengthOf } from './faults.ts'

const limits = LIMITS.command
/** https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-type */
export const OPTION = { subcommand: 1, group: 2, string: 3, integer: 4, boolean: 5, user: 6, channel: 7, role: 8, mentionable: 9, number: 10, attachment: 11 } as const

/** Checks the options of a command, or of a sub-command at that depth: 0 at the top, 1 in a group, 2 below. */
export function checkOptions(faults: Faults, options: unknown, depth: number): void {
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
