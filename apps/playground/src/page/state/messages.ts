import { signal } from '@preact/signals'
import type { Message } from '../discord/types.ts'
import { control } from '../net/api.ts'
import type { MessageChange } from '../net/events.ts'
import { me, myself, place } from './world.ts'

/** What I see of this channel, oldest first; null while it is looked up. */
export const messages = signal<readonly Message[] | null>(null)
/** Channels with something new in them. */
export const unread = signal<ReadonlySet<string>>(new Set())
/** What is read out: the newest message. */
export const arrived = signal<Message | null>(null)

let asked = 0

/** Looks the channel's messages up again. */
export async function loadMessages(): Promise<void> {
  const at = place.value
  if (at === null) return
  asked += 1
  const number = asked
  const query = new URLSearchParams({ user: me.value, guild: at.guildId, channel: at.channelId })
  const found = await control.get<Message[]>(`/messages?${query}`)
  if (number !== asked) return
  messages.value = found.filter((each) => !each.deleted)
  if (unread.value.has(at.channelId)) unread.value = new Set([...unread.value].filter((id) => id !== at.channelId))
}

/** Takes over what happened to a message. */
export function messageChanged({ change, channelId, messageId, onlyFor, message }: MessageChange): void {
  if (onlyFor !== undefined && onlyFor !== myself.value?.id) return
  if (channelId !== place.value?.channelId) {
    if (change === 'create') unread.value = new Set([...unread.value, channelId])
    return
  }
  const shown = messages.value ?? []
  if (change === 'delete' || message === undefined || message.deleted) {
    messages.value = shown.filter(({ id }) => id !== messageId)
    return
  }
  const known = shown.find(({ id }) => id === messageId)
  if (known === undefined) {
    messages.value = [...shown, message]
    arrived.value = message
  } else if ((known.edited_timestamp ?? '') <= (message.edited_timestamp ?? '')) {
    messages.value = shown.map((each) => (each.id === messageId ? message : each))
    // An answer that was only promised before, or a round's result.
    arrived.value = message
  }
}

/** Takes an ephemeral message away; nobody else saw it. */
export function hideMessage(messageId: string): void {
  messages.value = (messages.value ?? []).filter(({ id }) => id !== messageId)
}
