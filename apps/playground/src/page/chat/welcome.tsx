import type { JSX } from 'preact'
import { Icon } from '../sides/icon.tsx'
import { post } from '../net/api.ts'
import { slash } from '../state/acting.ts'
import { messages } from '../state/messages.ts'
import { attempt } from '../state/toasts.ts'
import { channel, guild, world } from '../state/world.ts'

/** How a channel begins, with a first game one click away. */
export function Welcome(): JSX.Element {
  const commands = world.value?.commands.length ?? 0
  const isEmpty = messages.value?.length === 0
  return (
    <section class={`welcome ${isEmpty ? 'tall' : ''}`} aria-label="Welcome">
      <span class="emblem" aria-hidden="true">?</span>
      <h3>Welcome to #{channel.value?.name}</h3>
      <p>This is a Discord of your own, on this machine. Type <kbd>/</kbd> to see what the bot can do, or begin here:</p>
      <div class="starters">
        <button type="button" class="starter" disabled={commands === 0} onClick={() => void slash('trivia play', { who: 'solo', rounds: 3 })}>
          <Icon name="target" size={28} /><span><strong>Play three questions</strong><small>/trivia play · only you</small></span>
        </button>
        <button type="button" class="starter" disabled={commands === 0} onClick={() => void race()}>
          <Icon name="flag" size={28} /><span><strong>Race ten players</strong><small>/trivia play · simulated rivals</small></span>
        </button>
        <button type="button" class="starter" disabled={commands === 0} onClick={() => void slash('trivia daily', {})}>
          <Icon name="calendar" size={28} /><span><strong>Question of the day</strong><small>/trivia daily · double points</small></span>
        </button>
      </div>
    </section>
  )
}

async function race(): Promise<void> {
  const joined = await attempt(() => post('/api/dev/players', { count: 10, speed: 'normal', hitRate: 0.5, guild: guild.value?.id }))
  if (joined !== undefined) await slash('trivia play', { who: 'race', rounds: 3 })
}
