import { signal } from '@preact/signals'
import type { Answer, Modal } from '../discord/types.ts'
import { control, Refused } from '../net/api.ts'
import { discordNow } from './clock.ts'
import { toast } from './toasts.ts'
import { me, place } from './world.ts'

/** Something that I sent and that was not answered yet, or not at all. Only I see it. */
export interface Sent {
  readonly id: number
  readonly user: string
  readonly channelId: string
  readonly label: string
  readonly at: number
  /** What Discord's client says when there was no answer. */
  readonly error: string | null
}

/** Slash commands under way, or without an answer. */
export const sent = signal<readonly Sent[]>([])
/** Components under way: message and custom id. */
export const pending = signal<ReadonlySet<string>>(new Set())
/** Messages whose component had no answer, with what Discord's client says. */
export const failed = signal<ReadonlyMap<string, string>>(new Map())
export const modal = signal<Modal | null>(null)

let last = 0

/** Where I am, as the control API wants it. */
function here(): { user: string; guild?: string; channel?: string } {
  const at = place.value
  return { user: me.value, ...(at === null ? {} : { guild: at.guildId, channel: at.channelId }) }
}

/** Sends a slash command. */
export async function slash(command: string, options: object): Promise<void> {
  last += 1
  const entry: Sent = { id: last, user: me.value, channelId: place.value?.channelId ?? '', label: `/${command}`, at: discordNow(), error: null }
  sent.value = [...sent.value, entry]
  const answer = await take(() => control.post<Answer>('/slash', { ...here(), command: `/${command}`, options }))
  const error = answer?.kind === 'failed' ? answer.error ?? 'The application did not respond' : null
  sent.value = sent.value.flatMap((each) => (each.id !== entry.id ? [each] : error === null ? [] : [{ ...each, error }]))
}

export function forget(id: number): void {
  sent.value = sent.value.filter((each) => each.id !== id)
}

/** Clicks a button. */
export function click(message: string, button: string): Promise<void> {
  return onMessage(message, button, () => control.post<Answer>('/click', { ...here(), message, button }))
}

/** Chooses from a select. */
export function choose(message: string, select: string, values: readonly string[]): Promise<void> {
  return onMessage(message, select, () => control.post<Answer>('/select', { ...here(), message, select, values }))
}

/** Sends a modal. @returns what Discord's form says, if it did not take it */
export async function submit({ interactionId }: Modal, values: object): Promise<string | null> {
  try {
    const answer = await control.post<Answer>('/submit', { ...here(), interaction: interactionId, values })
    if (answer.kind === 'failed') return answer.error ?? 'This interaction failed'
    modal.value = answer.modal ?? null
    return null
  } catch (error) {
    if (error instanceof Refused) return error.message
    throw error
  }
}

export async function write(content: string, files: readonly object[] = []): Promise<void> {
  await take(() => control.post<object>('/write', { ...here(), content, files }))
}

async function onMessage(message: string, customId: string, send: () => Promise<Answer>): Promise<void> {
  const key = `${message} ${customId}`
  pending.value = new Set([...pending.value, key])
  failed.value = new Map([...failed.value].filter(([id]) => id !== message))
  const answer = await take(send)
  pending.value = new Set([...pending.value].filter((each) => each !== key))
  if (answer?.kind === 'failed') failed.value = new Map([...failed.value, [message, answer.error ?? 'This interaction failed']])
}

async function take<T extends object>(send: () => Promise<T>): Promise<T | undefined> {
  try {
    const answer = await send()
    if ('modal' in answer && answer.modal !== undefined) modal.value = answer.modal as Modal
    return answer
  } catch (error) {
    toast(error instanceof Error ? error.message : String(error), 'error')
    return undefined
  }
}
