import type { JSX } from 'preact'
import { Avatar } from '../sides/avatar.tsx'
import { Icon } from '../sides/icon.tsx'
import { forget, type Sent } from '../state/acting.ts'
import { nameOf, world } from '../state/world.ts'

/** A command that is under way, or had no answer. */
export function SentLine({ entry: { id, label, error, user } }: { entry: Sent }): JSX.Element {
  const bot = world.value?.application
  return (
    <article class={`message only-me ${error === null ? '' : 'failed'}`} aria-label={error ?? `Sending ${label}`}>
      <p class="used"><strong>{user}</strong> used <span class="mention">{label}</span></p>
      <Avatar id={bot?.id ?? ''} name={bot?.name ?? ''} bot />
      <div class="body">
        <p class="who"><strong class="author">{nameOf(bot?.id ?? '')}</strong><span class="badge">APP</span></p>
        {error === null
          ? <p class="thinking"><span class="dots" aria-hidden="true"><i /><i /><i /></span> Sending…</p>
          : <p class="error" role="alert"><Icon name="warning" size={16} /> {error}</p>}
        {error !== null && <p class="private"><Icon name="eye" size={15} /> Only you can see this · <button type="button" class="link" onClick={() => forget(id)}>Dismiss</button></p>}
      </div>
    </article>
  )
}
