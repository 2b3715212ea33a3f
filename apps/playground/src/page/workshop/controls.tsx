import { signal } from '@preact/signals'
import type { ComponentChildren, JSX } from 'preact'
import { control, post } from '../net/api.ts'
import { ahead, now } from '../state/clock.ts'
import { dev } from '../state/dev.ts'
import { attempt, toast } from '../state/toasts.ts'
import { locale, world } from '../state/world.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const slow = signal({ restMs: 0, gatewayMs: 0 })

/** What only a local Discord can do: move the clock, break the connection, be slow. */
export function Controls(): JSX.Element {
  const connections = world.value?.connections ?? []
  const bot = dev.value?.bot
  return (
    <>
      <section class="card">
        <h3>Clock</h3>
        <p class="clock"><time>{new Intl.DateTimeFormat(locale.value, { dateStyle: 'full', timeStyle: 'medium' }).format(now.value)}</time>{ahead.value !== 0 && <span class="tag">{days(ahead.value)} ahead</span>}</p>
        <div class="grid">
          <Act name="+ 1 minute" act={() => advance(MINUTE)} />
          <Act name="+ 1 hour" act={() => advance(HOUR)} />
          <Act name="+ 1 day" act={() => advance(DAY)} />
          <Act name="+ 1 week" act={() => advance(7 * DAY)} />
        </div>
        <p class="hint">The bot follows with the next thing that somebody does.</p>
      </section>
      <section class="card">
        <h3>Gateway</h3>
        <p class="hint" role="status">{connections.length === 0 ? 'No bot is connected.' : connections.map(({ shard: [shard], connected }) => `Shard ${shard} is ${connected ? 'connected' : 'away'}`).join(', ')}</p>
        <div class="grid">
          <Act name="Cut the line" act={() => fault('/disconnect', 'The connection is cut.')} />
          <Act name="Reconnect" act={() => fault('/reconnect', 'Discord asked the bot to reconnect.')} />
          <Act name="Invalid session" act={() => fault('/invalid-session', 'The session is invalid.')} />
          <Act name="Close (4000)" act={() => fault('/close-connections', 'Closed with 4000.', { code: 4000 })} />
        </div>
      </section>
      <section class="card">
        <h3>Slow Discord</h3>
        <Delay name="Every request" value={slow.value.restMs} onChange={(restMs) => setSlow({ ...slow.value, restMs })} />
        <Delay name="Every gateway event" value={slow.value.gatewayMs} onChange={(gatewayMs) => setSlow({ ...slow.value, gatewayMs })} />
      </section>
      <section class="card">
        <h3>Rate limit</h3>
        <div class="grid">
          <Act name="Next 5 requests" act={() => fault('/rate-limit', 'The next 5 requests get 429.', { requests: 5, retryAfterMs: 2_000 })} />
          <Act name="All, for 5 s" act={() => fault('/rate-limit', 'A global limit for 5 s.', { requests: 1, retryAfterMs: 5_000, global: true })} />
        </div>
      </section>
      <section class="card">
        <h3>The bot’s process</h3>
        {bot !== undefined && <p class="hint" role="status">{describe(bot)}</p>}
        {bot?.state === 'waiting' && <p class="error">{bot.reason}</p>}
        <Act name="Restart the bot" act={() => post('/api/dev/restart-bot')} />
      </section>
    </>
  )
}

function describe({ state, starts, readyAfterMs }: { state: string; starts: number; readyAfterMs: number | null }): string {
  return `${state}, started ${starts === 1 ? 'once' : `${starts} times`}${readyAfterMs === null ? '' : `, ready after ${(readyAfterMs / 1000).toFixed(1)} s`}`
}

function Act({ name, act }: { name: ComponentChildren; act: () => Promise<unknown> }): JSX.Element {
  return <button type="button" class="button secondary" onClick={() => void attempt(act)}>{name}</button>
}

function Delay({ name, value, onChange }: { name: string; value: number; onChange: (value: number) => void }): JSX.Element {
  return (
    <label class="slider"><span>{name} <span class="value">{value === 0 ? 'at once' : `+ ${value} ms`}</span></span>
      <input type="range" min={0} max={4000} step={250} value={value} aria-valuetext={`${value} milliseconds`} onChange={({ currentTarget }) => onChange(currentTarget.valueAsNumber)} />
    </label>
  )
}

async function advance(milliseconds: number): Promise<void> {
  await control.post('/advance', { milliseconds })
  toast(`The clock is ${days(milliseconds)} further.`)
}

async function fault(path: string, said: string, body: object = {}): Promise<void> {
  await control.post(path, body)
  toast(said)
}

function setSlow(wanted: { restMs: number; gatewayMs: number }): void {
  slow.value = wanted
  void attempt(() => control.post('/slow', wanted))
}

function days(exact: number): string {
  const milliseconds = Math.round(exact / MINUTE) * MINUTE
  const [size, unit] = milliseconds >= DAY ? [DAY, 'day'] as const : milliseconds >= HOUR ? [HOUR, 'hour'] as const : [MINUTE, 'minute'] as const
  const count = Math.round(milliseconds / size)
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
