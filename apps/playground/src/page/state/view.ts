import { signal } from '@preact/signals'

export type Tab = 'people' | 'activity' | 'controls' | 'data'

/** Which part of the right side is shown. */
export const tab = signal<Tab>('people')
/** What covers the channel on a narrow window. */
export const drawer = signal<'left' | 'right' | null>(null)

/** Shows a part of the right side, also where it is behind a drawer. */
export function show(wanted: Tab): void {
  tab.value = wanted
  if (matchMedia('(max-width: 1080px)').matches) drawer.value = 'right'
}
