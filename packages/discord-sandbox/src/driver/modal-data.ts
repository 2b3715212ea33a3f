import { NotPossible } from '../errors.ts'
import { type JsonObject, numberOf, objectsOf, plain } from '../json.ts'
import { LIMITS } from '../limits.ts'
import { COMPONENT } from '../validation/controls.ts'
import { type GivenFile, Resolved, type Scene } from './resolved.ts'
import { interactive, type SeenModal } from './seen.ts'
import { chosenValues } from './select-data.ts'

/** What may be filled in: a text, what is chosen in a select (one or several), or files. */
export type FieldValue = string | readonly string[] | readonly GivenFile[]

/** What a filled-in modal sends; what its form would not take is not possible. */
export function modalData(scene: Scene, modal: SeenModal, values: Readonly<Record<string, FieldValue>>): JsonObject {
  const fields = interactive(modal.raw['components'])
  for (const name of Object.keys(values)) if (!fields.some((each) => each['custom_id'] === name)) throw new NotPossible(`There is no field "${name}".`)
  const resolved = new Resolved(scene)
  const fill = (component: JsonObject): JsonObject => {
    const about = { type: component['type'], id: component['id'] }
    if (Array.isArray(component['components'])) return { ...about, components: objectsOf(component['components']).map(fill) }
    if (component['component'] !== undefined) return { ...about, component: objectsOf([component['component']]).map(fill)[0] }
    const given = values[plain(component['custom_id'])]
    if (component['type'] === COMPONENT.textDisplay) return about
    if (component['type'] === COMPONENT.textInput) return { ...about, custom_id: component['custom_id'], value: textOf(component, given) }
    return { ...about, custom_id: component['custom_id'], values: component['type'] === COMPONENT.fileUpload ? filesOf(component, given, resolved) : choiceOf(component, given, resolved) }
  }
  const components = objectsOf(modal.raw['components']).map(fill)
  return { custom_id: modal.customId, components, ...resolved.data() }
}

function textOf(input: JsonObject, given: FieldValue | undefined): string {
  const text = plain(given ?? input['value'] ?? '')
  if (text === '' && input['required'] !== false) throw new NotPossible('A required field is empty.')
  const tooShort = text !== '' && text.length < (numberOf(input['min_length']) ?? 0)
  if (tooShort || text.length > (numberOf(input['max_length']) ?? LIMITS.modal.inputLength)) throw new NotPossible('A text is too short or too long.')
  return text
}

function choiceOf(select: JsonObject, given: FieldValue | undefined, resolved: Resolved): unknown[] {
  const chosen = [given ?? []].flat().map((each) => typeof each === 'object' ? each.filename : each).filter((each) => each !== '')
  if (chosen.length === 0 && select['required'] === false) return []
  const preselected = objectsOf(select['options']).filter((option) => option['default'] === true).map((option) => plain(option['value']))
  return chosenValues(select, given === undefined ? preselected : chosen, resolved)
}

function filesOf(upload: JsonObject, given: FieldValue | undefined, resolved: Resolved): string[] {
  const files = [given ?? []].flat().filter((each) => typeof each === 'object')
  if (files.length === 0 && upload['required'] === false) return []
  if (files.length < (numberOf(upload['min_values']) ?? 1) || files.length > (numberOf(upload['max_values']) ?? 1)) throw new NotPossible('Too few or too many files.')
  return files.map((file) => resolved.file(file))
}
