import { computed, signal } from '@preact/signals'
import { control } from '../net/api.ts'
import type { SeenInteraction, SeenRequest } from '../net/events.ts'

const KEPT = 300

/** Everything that people did, newest first. */
export const interactions = signal<readonly SeenInteraction[]>([])
/** What Discord refused, newest first. */
export const refusals = signal<readonly SeenRequest[]>([])
/** How the bot's connection went, newest first. */
export const gatewayLog = signal<readonly { readonly at: number; readonly text: string }[]>([])

export const slowest = computed(() => Math.max(0, ...interactions.value.map(({ timeToFirstAnswerMs }) => timeToFirstAnswerMs ?? 0)))
export const typical = computed(() => {
  const times = interactions.value.flatMap(({ timeToFirstAnswerMs }) => timeToFirstAnswerMs ?? []).sort((a, b) => a - b)
  return times[Math.floor(times.length / 2)] ?? null
})

export async function loadActivity(): Promise<void> {
  const [all, refused] = await Promise.all([control.get<SeenInteraction[]>('/interactions'), control.get<SeenRequest[]>('/requests?refused=true')])
  interactions.value = all.slice(-KEPT).reverse()
  refusals.value = refused.slice(-KEPT).reverse()
}

export function interactionChanged(interaction: SeenInteraction): void {
  const known = interactions.value.some(({ id }) => id === interaction.id)
  interactions.value = known ? interactions.value.map((each) => (each.id === interaction.id ? interaction : each)) : [interaction, ...interactions.value].slice(0, KEPT)
}

export function requestRefused(request: SeenRequest): void {
  refusals.value = [request, ...refusals.value].slice(0, KEPT)
}

export function gatewayChanged(text: string, at: number): void {
  gatewayLog.value = [{ at, text }, ...gatewayLog.value].slice(0, 20)
}
