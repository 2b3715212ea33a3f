import { type Signal, useSignal } from '@preact/signals'

export interface List<Item> {
  readonly active: Signal<number>
  /** @returns whether the key was one of the list's */
  readonly key: (event: KeyboardEvent) => boolean
  readonly pick: (item: Item) => void
}

/** The keys of a list below a text box: arrows move, Enter and Tab pick. */
export function useList<Item>(items: readonly Item[], pick: (item: Item) => void): List<Item> {
  const active = useSignal(0)
  const key = (event: KeyboardEvent): boolean => {
    if (items.length === 0) return false
    const at = Math.min(active.value, items.length - 1)
    if (event.key === 'ArrowDown') active.value = (at + 1) % items.length
    else if (event.key === 'ArrowUp') active.value = (at - 1 + items.length) % items.length
    else if (event.key === 'Enter' || event.key === 'Tab') {
      const item = items[at]
      if (event.shiftKey || item === undefined) return false
      pick(item)
    } else return false
    event.preventDefault()
    return true
  }
  return { active, key, pick }
}
