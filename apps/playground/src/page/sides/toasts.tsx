import type { JSX } from 'preact'
import { Icon } from './icon.tsx'
import { dismissToast, toasts } from '../state/toasts.ts'

export function Toasts(): JSX.Element {
  return (
    <div class="toasts" role="status" aria-live="assertive">
      {toasts.value.map(({ id, text, kind }) => (
        <div key={id} class={`toast ${kind}`}>
          <span>{text}</span>
          <button type="button" class="plain" aria-label="Dismiss" onClick={() => dismissToast(id)}><Icon name="close" size={16} /></button>
        </div>
      ))}
    </div>
  )
}
