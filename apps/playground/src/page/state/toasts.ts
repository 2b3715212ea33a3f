import { signal } from '@preact/signals'

export interface Toast {
  readonly id: number
  readonly text: string
  readonly kind: 'error' | 'good'
}

const SHOWN_MS = 6_000

export const toasts = signal<readonly Toast[]>([])
let last = 0

/** Shows a line for a moment. */
export function toast(text: string, kind: Toast['kind'] = 'good'): void {
  last += 1
  const id = last
  toasts.value = [...toasts.value.slice(-3), { id, text, kind }]
  setTimeout(() => dismissToast(id), SHOWN_MS)
}

export function dismissToast(id: number): void {
  toasts.value = toasts.value.filter((each) => each.id !== id)
}

/** Does something, and says so if it does not work. */
export async function attempt<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act()
  } catch (error) {
    toast(error instanceof Error ? error.message : String(error), 'error')
    return undefined
  }
}
