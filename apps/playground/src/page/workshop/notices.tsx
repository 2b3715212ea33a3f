import type { JSX } from 'preact'
import { post } from '../net/api.ts'
import { Icon } from '../sides/icon.tsx'
import { dev } from '../state/dev.ts'
import { attempt } from '../state/toasts.ts'
import { show } from '../state/view.ts'

/** What a developer should do after a change. */
export function Notices(): JSX.Element {
  return (
    <div class="notices" role="status">
      {(dev.value?.notices ?? []).map(({ id, text, command, deploys }) => (
        <div key={id} class="notice">
          <span>{text} {command !== null && <code>{command}</code>}</span>
          {deploys && (
            <button
              type="button" class="button primary"
              onClick={() => {
                show('data')
                void attempt(() => post('/api/dev/deploy', { kind: 'deploy' }))
              }}
            >Run the deploy</button>
          )}
          <button type="button" class="plain" aria-label="Dismiss" onClick={() => void attempt(() => post('/api/dev/dismiss', { id }))}><Icon name="close" size={16} /></button>
        </div>
      ))}
    </div>
  )
}
