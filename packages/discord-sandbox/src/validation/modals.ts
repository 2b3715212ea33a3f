import { isObject, type JsonObject } from '../json.ts'
import { LIMITS } from '../limits.ts'
import { checkSelect, COMPONENT, CustomIds, SELECTS } from './controls.ts'
import { checkChoice, checkLength, checkNumber, checkText, eachObject, type Faults, lengthOf } from './faults.ts'

const limits = LIMITS.modal

/** Checks a modal: https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal */
export function checkModal(faults: Faults, modal: JsonObject): void {
  const seen = new CustomIds()
  seen.check(faults, modal['custom_id'])
  checkText(faults.at('title'), modal['title'], { min: 1, max: limits.title, required: true })
  const list = faults.at('components')
  checkLength(list, lengthOf(modal['components']), { min: 1, max: limits.components, required: true })
  for (const [component, at] of eachObject(list, modal['components'])) {
    checkChoice(at.at('type'), component['type'], [COMPONENT.row, COMPONENT.textDisplay, COMPONENT.label])
    if (component['type'] === COMPONENT.row) checkRow(at, component, seen)
    if (component['type'] === COMPONENT.label) checkLabel(at, component, seen)
  }
}

function checkRow(at: Faults, row: JsonObject, seen: CustomIds): void {
  const list = at.at('components')
  checkLength(list, lengthOf(row['components']), { min: 1, max: 1 })
  for (const [input, here] of eachObject(list, row['components'])) {
    checkChoice(here.at('type'), input['type'], [COMPONENT.textInput])
    checkText(here.at('label'), input['label'], { min: 1, max: limits.label, required: true })
    checkTextInput(here, input, seen)
  }
}

function checkLabel(at: Faults, label: JsonObject, seen: CustomIds): void {
  checkText(at.at('label'), label['label'], { min: 1, max: limits.label, required: true })
  checkText(at.at('description'), label['description'], { max: limits.labelDescription })
  const component = label['component']
  const here = at.at('component')
  if (!isObject(component)) {
    here.required()
    return
  }
  if (SELECTS.includes(component['type'])) checkSelect(here, component, seen)
  else if (component['type'] === COMPONENT.textInput) checkTextInput(here, component, seen)
  else if (component['type'] === COMPONENT.fileUpload) seen.check(here, component['custom_id'])
  else checkChoice(here.at('type'), component['type'], [3, 4, 5, 6, 7, 8, 19])
}

function checkTextInput(at: Faults, input: JsonObject, seen: CustomIds): void {
  seen.check(at, input['custom_id'])
  checkChoice(at.at('style'), input['style'], [1, 2])
  checkNumber(at.at('min_length'), input['min_length'], 0, limits.inputLength)
  checkNumber(at.at('max_length'), input['max_length'], 1, limits.inputLength)
  checkText(at.at('placeholder'), input['placeholder'], { max: limits.inputPlaceholder })
  checkText(at.at('value'), input['value'], { max: limits.inputLength })
}
