import type { JsonObject } from '../json.ts'
import { LIMITS } from '../limits.ts'
import { checkUrl } from './embeds.ts'
import { checkChoice, checkLength, checkNumber, checkText, eachObject, type Faults, lengthOf } from './faults.ts'

/** https://docs.discord.com/developers/components/reference#component-object-component-types */
export const COMPONENT = { row: 1, button: 2, stringSelect: 3, textInput: 4, userSelect: 5, roleSelect: 6, mentionableSelect: 7, channelSelect: 8, section: 9, textDisplay: 10, thumbnail: 11, gallery: 12, file: 13, separator: 14, container: 17, label: 18, fileUpload: 19 } as const

/** The selects that Discord fills by itself, and the one with options. */
export const SELECTS: readonly unknown[] = [COMPONENT.stringSelect, COMPONENT.userSelect, COMPONENT.roleSelect, COMPONENT.mentionableSelect, COMPONENT.channelSelect]

const limits = LIMITS.component
const LINK = 5
const PREMIUM = 6

/** Checks a button of a message. */
export function checkButton(at: Faults, button: JsonObject, seen: CustomIds): void {
  checkChoice(at.at('style'), button['style'], [1, 2, 3, 4, LINK, PREMIUM])
  checkText(at.at('label'), button['label'], { max: limits.buttonLabel })
  const bare = (button['label'] == null || button['label'] === '') && button['emoji'] == null
  if (button['style'] === LINK) {
    if (button['custom_id'] != null) at.at('custom_id').add('BUTTON_COMPONENT_CUSTOM_ID_AND_URL', 'A custom id and url cannot both be specified')
    if (button['url'] == null) at.at('url').required()
    checkText(at.at('url'), button['url'], { max: limits.url })
    checkUrl(at.at('url'), button['url'], ['http:', 'https:', 'discord:'])
  } else if (button['style'] !== PREMIUM) {
    if (button['url'] != null) at.at('url').add('BUTTON_COMPONENT_INVALID_URL', 'A url is only valid for a link button')
    seen.check(at, button['custom_id'])
  }
  if (bare && button['style'] !== PREMIUM) at.add('BUTTON_COMPONENT_MISSING_LABEL_OR_EMOJI', 'A button must have a label or an emoji')
}

/** Checks a select, in a message or a modal. */
export function checkSelect(at: Faults, select: JsonObject, seen: CustomIds): void {
  seen.check(at, select['custom_id'])
  checkText(at.at('placeholder'), select['placeholder'], { max: limits.placeholder })
  checkNumber(at.at('min_values'), select['min_values'], 0, limits.options)
  checkNumber(at.at('max_values'), select['max_values'], 1, limits.options)
  const most = select['max_values'] ?? 1
  if (Number(select['min_values'] ?? 1) > Number(most)) at.at('min_values').add('SELECT_COMPONENT_MIN_VALUES_GREATER_THAN_MAX', 'min_values must be less than or equal to max_values')
  if (select['type'] !== COMPONENT.stringSelect) return

  const list = at.at('options')
  checkLength(list, lengthOf(select['options']), { min: 1, max: limits.options, required: true })
  if (Number(most) > lengthOf(select['options']) && lengthOf(select['options']) > 0) at.at('max_values').add('SELECT_COMPONENT_MAX_VALUES_EXCEEDS_OPTIONS', 'max_values cannot be more than the number of options')
  const values = new Set<unknown>()
  let preselected = 0
  for (const [option, here] of eachObject(list, select['options'])) {
    checkText(here.at('label'), option['label'], { min: 1, max: limits.optionText, required: true })
    checkText(here.at('value'), option['value'], { min: 1, max: limits.optionText, required: true })
    checkText(here.at('description'), option['description'], { max: limits.optionText })
    if (values.has(option['value'])) here.at('value').add('SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', 'The specified option value is already used')
    values.add(option['value'])
    if (option['default'] === true) preselected += 1
  }
  if (preselected > Number(most)) list.add('SELECT_COMPONENT_TOO_MANY_DEFAULTS', 'There are more default options than max_values')
}

/** The custom ids of one message or modal: each is there, short enough, and used once. */
export class CustomIds {
  readonly #seen = new Set<unknown>()

  check(at: Faults, customId: unknown): void {
    const here = at.at('custom_id')
    checkText(here, customId, { min: 1, max: LIMITS.component.customId, required: true })
    if (customId != null && this.#seen.has(customId)) here.add('COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated')
    this.#seen.add(customId)
  }
}
