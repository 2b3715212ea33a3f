import { isObject, type JsonObject, objectsOf, plain, textOf } from '../json.ts'
import { LIMITS } from '../limits.ts'
import { checkOptions } from './command-options.ts'
import { checkDescriptions, checkLocalised, checkNames } from './command-texts.ts'
import { checkChoice, checkLength, checkText, eachObject, Faults, lengthOf } from './faults.ts'

const limits = LIMITS.command
const CHAT_INPUT = 1

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

/** Names, descriptions and values together; of localised texts only the longest counts. */
function sizeOf(part: JsonObject): number {
  const longest = (plain: unknown, localised: unknown): number => Math.max(...[plain, ...(isObject(localised) ? Object.values(localised) : [])].map((text) => textOf(text)?.length ?? 0))
  const own = longest(part['name'], part['name_localizations']) + longest(part['description'], part['description_localizations']) + (textOf(part['value'])?.length ?? 0)
  return [...objectsOf(part['options']), ...objectsOf(part['choices'])].reduce((sum, child) => sum + sizeOf(child), own)
}
