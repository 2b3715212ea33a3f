import { computed, signal } from '@preact/signals'
import type { Channel, Guild, World } from '../discord/world.ts'
import { control } from '../net/api.ts'

/** The local Discord as it is; null until it is known. */
export const world = signal<World | null>(null)

/** Who is at this window. Each window is somebody of its own. */
export const me = signal(new URLSearchParams(location.search).get('as') ?? sessionStorage.getItem('me') ?? 'Ada')
export const place = signal<{ readonly guildId: string; readonly channelId: string } | null>(null)

export const myself = computed(() => world.value?.users.find(({ name }) => name === me.value) ?? null)
export const locale = computed(() => myself.value?.locale ?? 'en-US')
export const guild = computed<Guild | null>(() => world.value?.guilds.find(({ id }) => id === place.value?.guildId) ?? null)
export const channel = computed<Channel | null>(() => guild.value?.channels.find(({ id }) => id === place.value?.channelId) ?? null)

const names = computed(() => new Map([
  ...(world.value?.guilds ?? []).flatMap(({ members, channels, roles }) => [...members, ...channels, ...roles].map(({ id, name }) => [id, name] as const)),
  ...(world.value?.users ?? []).map(({ id, name }) => [id, name] as const),
]))

/** The name of a person, channel or role. */
export function nameOf(id: string): string {
  return names.value.get(id) ?? 'unknown'
}

let asked = 0

/** Looks again. */
export async function refreshWorld(): Promise<void> {
  asked += 1
  const number = asked
  const found = await control.get<World>('/state')
  if (number !== asked) return
  world.value = found
  const known = guild.value !== null && channel.value !== null
  if (!known) place.value = { guildId: found.guild.id, channelId: found.guilds[0]?.channels[0]?.id ?? '' }
}

let planned: ReturnType<typeof setTimeout> | undefined

/** Looks again soon; changes that come together are one look. */
export function worldChanged(): void {
  clearTimeout(planned)
  planned = setTimeout(() => void refreshWorld().catch(() => {}), 60)
}

/** Becomes somebody else, made if there is nobody of that name. */
export async function become(name: string): Promise<void> {
  const at = place.value
  await control.post('/user', { name, ...(at === null ? {} : { guild: at.guildId }) })
  sessionStorage.setItem('me', name)
  me.value = name
  await refreshWorld()
}
