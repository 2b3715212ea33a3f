import type { JSX } from 'preact'
import type { PlayersStatus, Speed } from '../../shared/status.ts'
import { post } from '../net/api.ts'
import { dev } from '../state/dev.ts'
import { attempt } from '../state/toasts.ts'
import { guild } from '../state/world.ts'

const SPEEDS: readonly (readonly [Speed, string])[] = [['slow', 'Slow'], ['normal', 'Normal'], ['fast', 'Fast']]

/** Simulated players: how many, how fast, how good. */
export function Rivals(): JSX.Element {
  const status: PlayersStatus = dev.value?.players ?? { count: 0, speed: 'normal', hitRate: 0.6, names: [], answered: 0 }
  const set = (change: Partial<Pick<PlayersStatus, 'count' | 'speed' | 'hitRate'>>): void => {
    const { count, speed, hitRate } = { ...status, ...change }
    void attempt(() => post('/api/dev/players', { count, speed, hitRate, ...(guild.value === null ? {} : { guild: guild.value.id }) }))
  }
  return (
    <section class="card">
      <h3>Simulated players</h3>
      <p class="hint">They join this server and answer every race: <code>/trivia play</code>.</p>
      <label class="slider"><span>Players <span class="value">{status.count}</span></span>
        <input type="range" min={0} max={10} value={status.count} aria-valuetext={`${status.count} players`} onChange={({ currentTarget }) => set({ count: currentTarget.valueAsNumber })} />
      </label>
      <label class="slider"><span>Right answers <span class="value">{Math.round(status.hitRate * 100)} %</span></span>
        <input type="range" min={0} max={100} step={5} value={status.hitRate * 100} aria-valuetext={`${Math.round(status.hitRate * 100)} percent right`} onChange={({ currentTarget }) => set({ hitRate: currentTarget.valueAsNumber / 100 })} />
      </label>
      <div class="segments" role="group" aria-label="Speed">
        {SPEEDS.map(([speed, name]) => <button key={speed} type="button" aria-pressed={status.speed === speed} onClick={() => set({ speed })}>{name}</button>)}
      </div>
      <div class="pair">
        <button type="button" class="button primary" disabled={status.count === 10} onClick={() => set({ count: 10 })}>Let ten join</button>
        <button type="button" class="button secondary" disabled={status.count === 0} onClick={() => set({ count: 0 })}>Send them away</button>
      </div>
      {status.answered > 0 && <p class="hint" role="status">{status.answered} answers so far</p>}
    </section>
  )
}
