import type { JSX } from 'preact'
import { dev } from '../state/dev.ts'
import { unread } from '../state/messages.ts'
import { show } from '../state/view.ts'
import { drawer } from '../state/view.ts'
import { guild, me, myself, place } from '../state/world.ts'
import { arrowKeys } from './arrow-keys.ts'
import { Avatar } from './avatar.tsx'

/** The channels of this server, and who I am. */
export function Channels(): JSX.Element {
  const current = guild.value
  return (
    <div class="channels">
      <h1 class="guild-name">{current?.name}</h1>
      <nav aria-label="Channels">
        <h2>Text channels</h2>
        <ul onKeyDown={arrowKeys}>
          {(current?.channels ?? []).map(({ id, name }) => {
            const isNew = unread.value.has(id)
            return (
              <li key={id}>
                <button
                  type="button" class={`channel ${isNew ? 'unread' : ''}`} aria-label={`${name}${isNew ? ', new messages' : ''}`} aria-current={id === place.value?.channelId ? 'page' : undefined}
                  onClick={() => {
                    place.value = { guildId: current?.id ?? '', channelId: id }
                    drawer.value = null
                  }}
                >
                  <span class="hash" aria-hidden="true">#</span>{name}
                  {isNew && <span class="dot" />}
                </button>
              </li>
            )
          })}
        </ul>
      </nav>
      <BotState />
      <button type="button" class="myself" aria-label={`You are ${me.value}. Become somebody else`} onClick={() => show('people')}>
        <Avatar id={myself.value?.id ?? ''} name={me.value} small />
        <span><strong>{me.value}</strong><small>Become somebody else</small></span>
      </button>
    </div>
  )
}

const WORDS = { starting: 'is starting…', running: 'is online', stopping: 'is restarting…', stopped: 'is off', waiting: 'ended' } as const

function BotState(): JSX.Element | null {
  const bot = dev.value?.bot
  if (bot === undefined) return null
  return (
    <button type="button" class={`bot-state ${bot.state}`} onClick={() => show('controls')}>
      <span class="lamp" aria-hidden="true" />
      <span role="status">The bot {WORDS[bot.state]}</span>
    </button>
  )
}
