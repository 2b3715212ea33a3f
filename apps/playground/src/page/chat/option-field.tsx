import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { OPTION } from '../discord/component-types.ts'
import type { Answer } from '../discord/types.ts'
import { type CommandOption, localised } from '../discord/world.ts'
import { control } from '../net/api.ts'
import { attempt } from '../state/toasts.ts'
import { guild, locale, me, place } from '../state/world.ts'
import { fileBody } from './file-body.ts'
import { ListBox } from './list-box.tsx'
import { type Given, readOption, type Suggestion, suggestionsOf } from './option-value.ts'
import { useList } from './use-list.ts'

const TYPING_MS = 120

export interface OptionFieldProps {
  readonly option: CommandOption
  readonly command: string
  /** What was given for all options: an option that completes itself may depend on the others. */
  readonly others: Readonly<Record<string, Given>>
  readonly value: Given | undefined
  readonly onChange: (value: Given) => void
  readonly onRemove: () => void
  readonly onSend: () => void
  readonly onDone: () => void
}

/** One option of a command: its name, and what is given for it. */
export function OptionField({ option, command, others, value, onChange, onRemove, onSend, onDone }: OptionFieldProps): JSX.Element {
  const name = localised(option.name, option.name_localizations, locale.value)
  const text = useSignal('')
  const focused = useSignal(false)
  const picked = useSignal(false)
  const found = useSignal<readonly Suggestion[]>([])
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  const own = suggestionsOf(option, guild.value, locale.value)
  const items = picked.value ? [] : own?.filter(({ title }) => title.toLowerCase().includes(text.value.toLowerCase())) ?? found.value
  const list = useList(items, (item: Suggestion) => {
    text.value = item.title
    picked.value = true
    onChange(item.value)
    onDone()
  })
  useEffect(() => input.current?.focus(), [])
  useEffect(() => {
    if (option.autocomplete !== true || !focused.value || picked.value) return undefined
    const timer = setTimeout(() => void attempt(async () => (found.value = await complete(command, option, text.value, others))), text.value === '' ? 0 : TYPING_MS)
    return () => clearTimeout(timer)
  }, [text.value, focused.value])
  if (option.type === OPTION.attachment) {
    return (
      <label class="option file-option"><span>{name}</span>
        <input ref={input} type="file" aria-label={name} onChange={({ currentTarget: { files } }) => void attempt(async () => files?.[0] !== undefined && onChange(await fileBody(files[0])))} />
      </label>
    )
  }
  const isNumber = option.type === OPTION.integer || option.type === OPTION.number
  const open = focused.value && items.length > 0
  const key = (event: KeyboardEvent): void => {
    if (open && !(event.key === 'Enter' && value !== undefined && text.value === '') && list.key(event)) return
    if (event.key === 'Enter') onSend()
    else if (event.key === 'Backspace' && text.value === '') onRemove()
    else return
    event.preventDefault()
  }
  return (
    <span class={`option ${value === undefined || value === '' ? '' : 'given'}`}>
      {open && <ListBox id={id} label={localised(option.description, option.description_localizations, locale.value)} items={items} active={list.active.value} onPick={list.pick} />}
      <label for={`${id}-input`}>{name}</label>
      <input
        id={`${id}-input`} ref={input} type="text" inputMode={isNumber ? 'decimal' : 'text'} placeholder={rangeOf(option)} value={text.value} maxLength={option.max_length ?? 6000} autocomplete="off"
        role="combobox" aria-expanded={open} aria-controls={id} aria-autocomplete="list" aria-activedescendant={open ? `${id}-${Math.min(list.active.value, items.length - 1)}` : undefined}
        style={{ '--characters': String(Math.max(5, text.value.length + 1)) }}
        onFocus={() => (focused.value = true)} onBlur={() => (focused.value = false)} onKeyDown={key}
        onInput={({ currentTarget }) => {
          text.value = currentTarget.value
          picked.value = false
          // Offers for an earlier text would be picked by mistake.
          found.value = []
          list.active.value = 0
          // What is offered has to be picked, unless the option completes itself: then anything goes.
          onChange(own === null ? currentTarget.value : own.find(({ title }) => title.toLowerCase() === currentTarget.value.toLowerCase())?.value ?? '')
        }}
      />
    </span>
  )
}

/** What a number may be: `1–20`. */
function rangeOf({ min_value: least, max_value: most }: CommandOption): string {
  return least === undefined || most === undefined ? '' : `${least}–${most}`
}

async function complete(command: string, option: CommandOption, text: string, others: Readonly<Record<string, Given>>): Promise<Suggestion[]> {
  const at = place.value
  const given = Object.fromEntries(Object.entries(others).filter(([name, value]) => name !== option.name && value !== ''))
  const isNumber = option.type === OPTION.integer || option.type === OPTION.number
  const { choices } = await control.post<Answer>('/autocomplete', {
    user: me.value, ...(at === null ? {} : { guild: at.guildId, channel: at.channelId }), command: `/${command}`, focused: option.name,
    options: { ...given, [option.name]: isNumber && text !== '' ? readOption(option, text) : text },
  })
  return choices.map(({ name, value }) => ({ key: String(value), title: name, value: String(value) }))
}
