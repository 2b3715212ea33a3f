import type { JSX } from 'preact'
import { Icon } from '../sides/icon.tsx'
import { sent } from '../state/acting.ts'
import { messages } from '../state/messages.ts'
import { theme, toggleTheme } from '../state/theme.ts'
import { drawer, show } from '../state/view.ts'
import { channel, me, place } from '../state/world.ts'
import { useEndOfLog } from './use-end-of-log.ts'
import { Composer } from './composer.tsx'
import { MessageView } from './message.tsx'
import { SentLine } from './sent-line.tsx'
import { Welcome } from './welcome.tsx'

/** The channel: its messages and the box to write in. */
export function Chat(): JSX.Element {
  const { log, content } = useEndOfLog(place.value?.channelId)
  const shown = messages.value
  const mine = sent.value.filter(({ user, channelId }) => user === me.value && channelId === place.value?.channelId)
  return (
    <main class="chat" aria-label={`Channel ${channel.value?.name ?? ''}`}>
      <header class="bar">
        <button type="button" class="icon narrow" aria-label="Servers and channels" aria-expanded={drawer.value === 'left'} aria-controls="places" onClick={() => (drawer.value = drawer.value === 'left' ? null : 'left')}><Icon name="menu" /></button>
        <h2><span class="hash" aria-hidden="true">#</span>{channel.value?.name}</h2>
        <p class="topic">{channel.value?.topic}</p>
        <button type="button" class="icon" aria-label={theme() === 'dark' ? 'Switch to light colours' : 'Switch to dark colours'} title="Colours" onClick={toggleTheme}><Icon name={theme() === 'dark' ? 'sun' : 'moon'} /></button>
        <button type="button" class="icon medium" aria-label="People and workshop" aria-expanded={drawer.value === 'right'} aria-controls="workshop" onClick={() => (drawer.value === 'right' ? (drawer.value = null) : show('people'))}><Icon name="tools" /></button>
      </header>
      <div class="log" ref={log} role="log" aria-live="off" aria-label="Messages" tabIndex={0}>
        <div class="log-content" ref={content}>
          <Welcome />
          {shown?.map((message, index) => <MessageView key={message.id} message={message} previous={shown[index - 1]} />)}
          {mine.map((entry) => <SentLine key={entry.id} entry={entry} />)}
        </div>
      </div>
      <Composer />
    </main>
  )
}
