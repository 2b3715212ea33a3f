import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Icon } from '../sides/icon.tsx'
import { write } from '../state/acting.ts'
import { attempt } from '../state/toasts.ts'
import { channel, guild, locale, me, myself, world } from '../state/world.ts'
import { CommandForm } from './command-form.tsx'
import { fileBody } from './file-body.ts'
import { ListBox } from './list-box.tsx'
import { matching, type Offered, offeredCommands } from './offered-commands.ts'
import { useList } from './use-list.ts'

/** The box at the end of a channel: a message, or a slash command with its options. */
export function Composer(): JSX.Element {
  const text = useSignal('')
  const picked = useSignal<Offered | null>(null)
  const closed = useSignal(false)
  const input = useRef<HTMLInputElement>(null)
  const back = useRef(false)
  const typing = text.value.startsWith('/') && !closed.value
  const offered = typing && guild.value !== null ? offeredCommands(world.value?.commands ?? [], guild.value, myself.value?.id ?? '', locale.value) : []
  const items = matching(offered, text.value).map((command) => ({ key: command.path, title: `/${command.shown}`, detail: command.description, command }))
  const pick = ({ command }: { command: Offered }): void => {
    picked.value = command
    text.value = ''
  }
  const list = useList(items, pick)
  useEffect(() => {
    if (back.current && picked.value === null) input.current?.focus()
    back.current = picked.value !== null
  }, [picked.value])

  const key = (event: KeyboardEvent): void => {
    if (event.isComposing) return
    if (typing && event.key === 'Escape') {
      closed.value = true
      event.stopPropagation()
    } else if (typing && list.key(event)) return
    else if (event.key === 'Enter') {
      event.preventDefault()
      const content = text.value.trim()
      text.value = ''
      if (content !== '') void write(content)
    }
  }
  if (picked.value !== null) return <footer class="composer" id="composer"><CommandForm key={picked.value.path} command={picked.value} close={() => (picked.value = null)} /></footer>
  const open = typing && items.length > 0
  return (
    <footer class="composer" id="composer">
      {open && <ListBox id="commands" label="Commands" items={items} active={list.active.value} onPick={pick} />}
      {typing && items.length === 0 && <p class="list-box nothing" role="status">No command fits “{text.value}”.</p>}
      <div class="box">
        <label class="icon attach" title="Send a file">
          <Icon name="plus" /><span class="unseen">Send a file</span>
          <input type="file" class="unseen" onChange={({ currentTarget }) => void send(currentTarget)} />
        </label>
        <input
          ref={input} type="text" value={text.value} placeholder={`Message #${channel.value?.name ?? ''} as ${me.value}, or / for commands`} aria-label={`Message #${channel.value?.name ?? ''}`}
          role="combobox" aria-autocomplete="list" aria-expanded={open} aria-controls="commands" aria-activedescendant={open ? `commands-${Math.min(list.active.value, items.length - 1)}` : undefined}
          autocomplete="off" maxLength={2000} onKeyDown={key}
          onInput={({ currentTarget }) => {
            text.value = currentTarget.value
            list.active.value = 0
            closed.value = false
          }}
        />
        <button
          type="button" class="icon" aria-label="Slash commands" title="Slash commands"
          onClick={() => {
            text.value = '/'
            closed.value = false
            input.current?.focus()
          }}
        >/</button>
      </div>
    </footer>
  )
}

async function send(input: HTMLInputElement): Promise<void> {
  const file = input.files?.[0]
  if (file === undefined) return
  await attempt(async () => write('', [await fileBody(file)]))
  input.value = ''
}
