import type { JSX } from 'preact'
import { Chat } from './chat/chat.tsx'
import { ModalDialog } from './chat/modal-dialog.tsx'
import { Announcer } from './chat/announcer.tsx'
import { Channels } from './sides/channels.tsx'
import { Servers } from './sides/servers.tsx'
import { Toasts } from './sides/toasts.tsx'
import { connected } from './state/dev.ts'
import { drawer } from './state/view.ts'
import { world } from './state/world.ts'
import { Notices } from './workshop/notices.tsx'
import { Workshop } from './workshop/workshop.tsx'

export function App(): JSX.Element {
  if (world.value === null) return <main class="starting" aria-busy="true"><span class="spinner" aria-hidden="true" /><p role="status">Connecting to the local Discord…</p></main>
  const close = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') drawer.value = null
  }
  return (
    <div class={`app ${drawer.value === null ? '' : `drawer-${drawer.value}`}`} onKeyDown={close}>
      <a class="skip" href="#composer">Skip to the message box</a>
      <Notices />
      {!connected.value && <p class="lost" role="alert">The server does not answer. Is <code>pnpm dev</code> running? This page connects again by itself.</p>}
      <div class="columns">
        <div class="left" id="places">
          <Servers />
          <Channels />
        </div>
        <Chat />
        <Workshop />
        {drawer.value !== null && <button type="button" class="scrim" aria-label="Close the panel" onClick={() => (drawer.value = null)} />}
      </div>
      <ModalDialog />
      <Toasts />
      <Announcer />
    </div>
  )
}
