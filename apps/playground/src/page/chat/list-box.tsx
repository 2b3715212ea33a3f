import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

export interface ListItem {
  readonly key: string
  readonly title: string
  readonly detail?: string | undefined
}

/** Suggestions above a text box, which keeps the focus. */
export function ListBox<Item extends ListItem>({ id, label, items, active, onPick }: { id: string; label: string; items: readonly Item[]; active: number; onPick: (item: Item) => void }): JSX.Element {
  const list = useRef<HTMLUListElement>(null)
  const shown = Math.min(active, items.length - 1)
  useEffect(() => list.current?.children[shown]?.scrollIntoView({ block: 'nearest' }), [shown])
  return (
    <div class="list-box">
      <p class="list-title" aria-hidden="true">{label}</p>
      <ul id={id} ref={list} role="listbox" aria-label={label}>
        {items.map((item, index) => (
          <li
            key={item.key} id={`${id}-${index}`} role="option" aria-selected={index === shown}
            // The text box would lose the focus before the click.
            onMouseDown={(event) => {
              event.preventDefault()
              onPick(item)
            }}
          ><strong>{item.title}</strong>{item.detail !== undefined && <small>{item.detail}</small>}</li>
        ))}
      </ul>
    </div>
  )
}
