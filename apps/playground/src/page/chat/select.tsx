import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useId } from 'preact/hooks'
import { COMPONENT } from '../discord/component-types.ts'
import type { Component } from '../discord/types.ts'
import { guild } from '../state/world.ts'

interface Item {
  readonly value: string
  readonly label: string
  readonly description?: string | undefined
}

/** A select, with one choice or several; those of people, roles and channels are filled from the server. */
export function Select({ component, busy, onChoose }: { component: Component; busy: boolean; onChoose: (values: string[]) => void }): JSX.Element {
  const items = itemsOf(component)
  const preset = (component.options ?? []).filter((option) => option.default === true).map(({ value }) => value)
  const [least, most] = [component.min_values ?? 1, component.max_values ?? 1]
  const chosen = useSignal<readonly string[]>(preset)
  const open = useSignal(false)
  const id = useId()
  const disabled = component.disabled === true || busy
  if (most <= 1) {
    return (
      <select class="select" disabled={disabled} aria-label={component.placeholder ?? 'Make a selection'} value={preset[0] ?? ''} onChange={({ currentTarget }) => onChoose(currentTarget.value === '' ? [] : [currentTarget.value])}>
        <option value="" disabled={least > 0}>{component.placeholder ?? 'Make a selection'}</option>
        {items.map(({ value, label, description }) => <option key={value} value={value}>{description === undefined ? label : `${label} — ${description}`}</option>)}
      </select>
    )
  }
  const toggle = (value: string): void => {
    const without = chosen.value.filter((each) => each !== value)
    chosen.value = without.length < chosen.value.length ? without : [...without, value].slice(-most)
  }
  return (
    <div class="several">
      <button type="button" class="select" disabled={disabled} aria-expanded={open.value} aria-controls={id} onClick={() => (open.value = !open.value)}>
        {chosen.value.length === 0 ? component.placeholder ?? 'Make a selection' : chosen.value.map((value) => items.find((item) => item.value === value)?.label ?? value).join(', ')}
      </button>
      {open.value && (
        <fieldset id={id}>
          <legend class="unseen">{component.placeholder ?? 'Options'}</legend>
          {items.map(({ value, label, description }) => <label key={value}><input type="checkbox" checked={chosen.value.includes(value)} onChange={() => toggle(value)} /><span>{label}{description !== undefined && <small>{description}</small>}</span></label>)}
          <button
            type="button" class="button primary" disabled={chosen.value.length < least}
            onClick={() => {
              open.value = false
              onChoose([...chosen.value])
            }}
          >Choose</button>
        </fieldset>
      )}
    </div>
  )
}

/** What a select offers. */
export function itemsOf({ type, options = [] }: Component): Item[] {
  const people = (guild.value?.members ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const roles = (guild.value?.roles ?? []).map(({ id, name }) => ({ value: id, label: `@${name.replace(/^@/, '')}` }))
  switch (type) {
    case COMPONENT.userSelect: return people
    case COMPONENT.roleSelect: return roles
    case COMPONENT.mentionableSelect: return [...people, ...roles]
    case COMPONENT.channelSelect: return (guild.value?.channels ?? []).map(({ id, name }) => ({ value: id, label: `#${name}` }))
    default: return options.map(({ value, label, description }) => ({ value, label, description }))
  }
}
