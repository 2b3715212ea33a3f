/* eslint-disable @typescript-eslint/no-misused-spread -- Discord counts code points */
import { isObject, type JsonObject } from '../json.ts'
import { LIMITS } from '../limits.ts'
import { checkButton, checkSelect, COMPONENT, CustomIds, SELECTS } from './controls.ts'
import { checkChoice, checkLength, checkText, eachObject, type Faults, lengthOf } from './faults.ts'

const limits = LIMITS.component

/** Checks a message's components, of the older kind (rows only) or the newer (`IS_COMPONENTS_V2`). */
export function checkComponents(faults: Faults, components: unknown, isV2: boolean): void {
  const seen = new CustomIds()
  const state = { count: 0, text: 0 }
  checkLength(faults, lengthOf(components), { max: isV2 ? LIMITS.message.componentsInV2 : limits.rows })
  for (const [component, at] of eachObject(faults, components)) checkComponent(at, component, isV2 ? TOP_LEVEL : [COMPONENT.row], seen, state)
  if (state.count > LIMITS.message.componentsInV2) faults.add('COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED', `The total number of components exceeds the maximum of ${LIMITS.message.componentsInV2}.`)
  if (state.text > LIMITS.message.textInV2) faults.add('COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED', `The total displayable text size exceeds the maximum of ${LIMITS.message.textInV2}.`)
}

const IN_CONTAINER: readonly number[] = [COMPONENT.row, COMPONENT.section, COMPONENT.textDisplay, COMPONENT.gallery, COMPONENT.file, COMPONENT.separator]
const TOP_LEVEL: readonly number[] = [...IN_CONTAINER, COMPONENT.container]

function checkComponent(at: Faults, component: JsonObject, allowed: readonly number[], seen: CustomIds, state: { count: number; text: number }): void {
  state.count += 1
  checkChoice(at.at('type'), component['type'], allowed)
  const inside = (types: readonly number[], min: number, max: number): void => {
    const list = at.at('components')
    checkLength(list, lengthOf(component['components']), { min, max })
    for (const [child, here] of eachObject(list, component['components'])) checkComponent(here, child, types, seen, state)
  }
  switch (component['type']) {
    case COMPONENT.row:
      checkRow(at, component, seen, state)
      return
    case COMPONENT.container:
      inside(IN_CONTAINER, 1, LIMITS.message.componentsInV2)
      return
    case COMPONENT.section: {
      inside([COMPONENT.textDisplay], 1, limits.sectionTexts)
      const accessory = component['accessory']
      if (!isObject(accessory)) {
        at.at('accessory').required()
        return
      }
      state.count += 1
      if (accessory['type'] === COMPONENT.button) checkButton(at.at('accessory'), accessory, seen)
      else checkChoice(at.at('accessory', 'type'), accessory['type'], [COMPONENT.button, COMPONENT.thumbnail])
      return
    }
    case COMPONENT.textDisplay:
      checkText(at.at('content'), component['content'], { min: 1, max: LIMITS.message.textInV2, required: true })
      state.text += typeof component['content'] === 'string' ? [...component['content']].length : 0
      return
    case COMPONENT.gallery:
      checkLength(at.at('items'), lengthOf(component['items']), { min: 1, max: limits.galleryItems })
      return
    default:
  }
}

function checkRow(at: Faults, row: JsonObject, seen: CustomIds, state: { count: number }): void {
  const list = at.at('components')
  checkLength(list, lengthOf(row['components']), { min: 1, max: limits.inRow })
  let width = 0
  for (const [component, here] of eachObject(list, row['components'])) {
    state.count += 1
    const select = SELECTS.includes(component['type'])
    width += select ? limits.inRow : 1
    if (width > limits.inRow) here.add('COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'The specified component exceeds the maximum width')
    if (select) checkSelect(here, component, seen)
    else if (component['type'] === COMPONENT.button) checkButton(here, component, seen)
    else checkChoice(here.at('type'), component['type'], [2, 3, 5, 6, 7, 8])
  }
}
