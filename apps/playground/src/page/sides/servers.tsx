import type { JSX } from 'preact'
import { unread } from '../state/messages.ts'
import { place, world } from '../state/world.ts'
import { firstLetter } from './avatar.tsx'
import { arrowKeys } from './arrow-keys.ts'

/** The servers, one letter or two for each. */
export function Servers(): JSX.Element {
  const current = place.value?.guildId
  return (
    <nav class="servers" aria-label="Servers">
      <ul onKeyDown={arrowKeys}>
        {(world.value?.guilds ?? []).map(({ id, name, channels }) => {
          const isNew = id !== current && channels.some((channel) => unread.value.has(channel.id))
          return (
            <li key={id}>
              <button type="button" class="server" title={name} aria-label={isNew ? `${name}, new messages` : name} aria-current={id === current ? 'true' : undefined} onClick={() => (place.value = { guildId: id, channelId: channels[0]?.id ?? '' })}>
                {initials(name)}
                {isNew && <span class="dot" />}
              </button>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

function initials(name: string): string {
  return name.split(/\s+/).slice(0, 2).map(firstLetter).join('')
}
