import type { JSX } from 'preact'
import { arrowKeys } from '../sides/arrow-keys.ts'
import { Icon } from '../sides/icon.tsx'
import { People } from '../sides/people.tsx'
import { refusals } from '../state/activity.ts'
import { drawer, type Tab, tab } from '../state/view.ts'
import { Activity } from './activity.tsx'
import { Controls } from './controls.tsx'
import { Data } from './data.tsx'

const TABS: readonly { readonly id: Tab; readonly name: string; readonly Panel: () => JSX.Element }[] = [
  { id: 'people', name: 'People', Panel: People },
  { id: 'activity', name: 'Activity', Panel: Activity },
  { id: 'controls', name: 'Controls', Panel: Controls },
  { id: 'data', name: 'Data', Panel: Data },
]

/** The right side: who is there, and what only a local Discord can do. */
export function Workshop(): JSX.Element {
  const Panel = TABS.find(({ id }) => id === tab.value)?.Panel ?? People
  return (
    <aside class="workshop" id="workshop" aria-label="People and workshop">
      <div class="tabs" role="tablist" aria-label="Panels" onKeyDown={arrowKeys}>
        {TABS.map(({ id, name }) => (
          <button key={id} type="button" role="tab" id={`tab-${id}`} aria-selected={id === tab.value} aria-controls="panel" tabIndex={id === tab.value ? 0 : -1} onClick={() => (tab.value = id)} onFocus={() => (tab.value = id)}>
            {name}{id === 'activity' && refusals.value.length > 0 && <span class="count" aria-label={`${refusals.value.length} refused`}>{refusals.value.length}</span>}
          </button>
        ))}
        <button type="button" class="icon medium close" aria-label="Close the panel" onClick={() => (drawer.value = null)}><Icon name="close" size={16} /></button>
      </div>
      <div class="panel" role="tabpanel" id="panel" aria-labelledby={`tab-${tab.value}`} tabIndex={-1}><Panel /></div>
    </aside>
  )
}
