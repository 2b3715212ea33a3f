import { useSignalEffect, useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import type { Message } from '../discord/types.ts'
import { arrived } from '../state/messages.ts'
import { myself, nameOf } from '../state/world.ts'
import { plainText } from '../text/plain.ts'

/** Reads new messages out. The log itself is silent: its countdowns would never stop talking. */
export function Announcer(): JSX.Element {
  const text = useSignal('')
  useSignalEffect(() => {
    const message = arrived.value
    if (message !== null && message.author.id !== myself.peek()?.id) text.value = spoken(message)
  })
  return <div class="unseen" aria-live="polite" aria-atomic="true">{text.value}</div>
}

/** A message in words. */
export function spoken(message: Message): string {
  const read = (each: string | undefined): string => (each === undefined ? '' : plainText(each, nameOf))
  const embeds = message.embeds.map((embed) => [read(embed.title), read(embed.description), ...(embed.fields ?? []).map(({ name, value }) => `${read(name)} ${read(value)}`)].join('. '))
  const buttons = (message.components ?? []).flatMap((row) => row.components ?? []).filter(({ disabled, label }) => disabled !== true && label !== undefined).map(({ label }) => label)
  const parts = [read(message.content), ...embeds, buttons.length === 0 ? '' : `Buttons: ${buttons.join(', ')}`]
  return `${message.author.global_name ?? message.author.username}: ${parts.filter((part) => part.trim() !== '').join('. ')}`
}
