import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { type CommandOption, localised } from '../discord/world.ts'
import { Icon } from '../sides/icon.tsx'
import { slash } from '../state/acting.ts'
import { locale } from '../state/world.ts'
import { ListBox } from './list-box.tsx'
import type { Offered } from './offered-commands.ts'
import { OptionField } from './option-field.tsx'
import { type Given, readOption } from './option-value.ts'
import { useList } from './use-list.ts'

/** A slash command that was picked, with its options; Enter sends it. */
export function CommandForm({ command, close }: { command: Offered; close: () => void }): JSX.Element {
  const shown = useSignal<readonly string[]>(command.options.filter(({ required }) => required === true).map(({ name }) => name))
  const given = useSignal<Readonly<Record<string, Given>>>({})
  const typed = useSignal('')
  const open = useSignal(false)
  const problem = useSignal<string | null>(null)
  const more = useRef<HTMLInputElement>(null)
  const optionOf = (name: string): CommandOption | undefined => command.options.find((each) => each.name === name)
  const nameOf = (option: CommandOption): string => localised(option.name, option.name_localizations, locale.value)
  const left = command.options.filter(({ name }) => !shown.value.includes(name))
  const items = left.filter((option) => nameOf(option).startsWith(typed.value.toLowerCase())).map((option) => ({ key: option.name, title: nameOf(option), detail: localised(option.description, option.description_localizations, locale.value) }))
  const add = ({ key: name }: { key: string }): void => {
    shown.value = [...shown.value, name]
    typed.value = ''
  }
  const list = useList(items, add)
  const remove = (name: string): void => {
    shown.value = shown.value.filter((each) => each !== name)
    given.value = Object.fromEntries(Object.entries(given.value).filter(([each]) => each !== name))
    more.current?.focus()
  }
  const send = (): void => {
    const missing = command.options.find(({ name, required }) => required === true && (given.value[name] ?? '') === '')
    if (missing !== undefined) {
      problem.value = `“${nameOf(missing)}” is required.`
      return
    }
    const options: Record<string, unknown> = {}
    for (const [name, value] of Object.entries(given.value)) {
      const option = optionOf(name)
      if (option !== undefined && value !== '') options[name] = readOption(option, value)
    }
    close()
    void slash(command.path, options)
  }
  useEffect(() => {
    if (shown.value.length === 0) more.current?.focus()
  }, [])
  const key = (event: KeyboardEvent): void => {
    const picks = event.key !== 'Enter' || typed.value !== ''
    if (open.value && picks && event.key !== 'Tab' && list.key(event)) return
    if (event.key === 'Enter') send()
    else if (event.key === 'Backspace' && typed.value === '') {
      const last = shown.value.at(-1)
      if (last === undefined) close()
      else remove(last)
    } else return
    event.preventDefault()
  }
  const listed = open.value && items.length > 0
  return (
    <div
      class="command" role="group" aria-label={`Command /${command.shown}`}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        close()
      }}
    >
      {listed && <ListBox id="options" label={`/${command.shown} — ${command.description}`} items={items} active={list.active.value} onPick={add} />}
      {problem.value !== null && <p class="error" role="alert">{problem.value}</p>}
      <div class="box">
        <button type="button" class="icon" aria-label="Do not send the command" onClick={close}><Icon name="close" size={18} /></button>
        <div class="fields-line">
          <strong class="command-name">/{command.shown}</strong>
          {shown.value.map((name) => {
            const option = optionOf(name)
            return option === undefined ? null : (
              <OptionField
                key={name} option={option} command={command.path} others={given.value} value={given.value[name]}
                onChange={(value) => {
                  given.value = { ...given.value, [name]: value }
                  problem.value = null
                }}
                onRemove={() => remove(name)} onSend={send} onDone={() => more.current?.focus()}
              />
            )
          })}
          <input
            ref={more} type="text" class="more" value={typed.value} placeholder={left.length === 0 ? 'Enter sends' : `+${left.length} optional · Enter sends`} aria-label={left.length === 0 ? 'Press Enter to send' : 'Add an option, or press Enter to send'} readOnly={left.length === 0}
            role="combobox" aria-expanded={listed} aria-controls="options" aria-autocomplete="list" aria-activedescendant={listed ? `options-${Math.min(list.active.value, items.length - 1)}` : undefined} autocomplete="off"
            onFocus={() => (open.value = true)} onBlur={() => (open.value = false)} onKeyDown={key}
            onInput={({ currentTarget }) => {
              typed.value = currentTarget.value
              list.active.value = 0
            }}
          />
        </div>
        <button type="button" class="button primary" onClick={send}>Send</button>
      </div>
    </div>
  )
}
