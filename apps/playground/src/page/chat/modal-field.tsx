import type { JSX } from 'preact'
import { useId } from 'preact/hooks'
import { COMPONENT, SELECTS } from '../discord/component-types.ts'
import type { Component } from '../discord/types.ts'
import { RichText } from '../text/rich-text.tsx'
import { itemsOf } from './select.tsx'

const PARAGRAPH = 2
const MOST_TEXT = 4_000

export interface Field {
  readonly component: Component
  readonly label: string
  readonly description?: string | undefined
}

/** A form's fields, of both of Discord's kinds: rows with text inputs, and labels around anything. */
export function fieldsOf(components: readonly Component[]): Field[] {
  return components.flatMap((each): Field[] => {
    if (each.type === COMPONENT.label && each.component !== undefined) return [{ component: each.component, label: each.label ?? '', description: each.description }]
    if (each.type === COMPONENT.row) return (each.components ?? []).map((component) => ({ component, label: component.label ?? '' }))
    return [{ component: each, label: each.label ?? '' }]
  })
}

export function ModalField({ component, label, description }: Field): JSX.Element | null {
  const id = useId()
  if (component.type === COMPONENT.text) return <RichText text={component.content ?? ''} />
  const required = component.required !== false
  return (
    <div class="modal-field">
      <label for={id}>{label}{required && <span class="needed" aria-hidden="true"> *</span>}</label>
      {description !== undefined && <small id={`${id}-more`}>{description}</small>}
      <Control component={component} id={id} required={required} describedBy={description === undefined ? undefined : `${id}-more`} />
    </div>
  )
}

function Control({ component, id, required, describedBy }: { component: Component; id: string; required: boolean; describedBy: string | undefined }): JSX.Element | null {
  const { type, custom_id: name = '', placeholder, value, min_length: least, max_length: most = MOST_TEXT, style } = component
  const common = { id, name, required, 'aria-describedby': describedBy }
  if (type === COMPONENT.textInput) {
    const text = { ...common, placeholder, maxLength: most, ...(least === undefined ? {} : { minLength: least }), defaultValue: value ?? '' }
    return style === PARAGRAPH ? <textarea rows={4} {...text} /> : <input type="text" autocomplete="off" {...text} />
  }
  if (type === COMPONENT.fileUpload) return <input type="file" multiple={(component.max_values ?? 1) > 1} {...common} />
  if (!SELECTS.includes(type)) return null
  const multiple = (component.max_values ?? 1) > 1
  const preset = (component.options ?? []).find((option) => option.default === true)?.value
  return (
    <select multiple={multiple} {...common}>
      {!multiple && <option value="" selected={preset === undefined}>{placeholder ?? 'Choose…'}</option>}
      {itemsOf(component).map((item) => <option key={item.value} value={item.value} selected={item.value === preset}>{item.label}</option>)}
    </select>
  )
}
