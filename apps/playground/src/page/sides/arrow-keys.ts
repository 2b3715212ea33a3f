/** Arrow keys, Home and End move the focus between the buttons of a list. */
export function arrowKeys(event: KeyboardEvent): void {
  const list = event.currentTarget as HTMLElement
  const buttons = [...list.querySelectorAll<HTMLElement>('button:not([disabled])')]
  const at = buttons.indexOf(document.activeElement as HTMLElement)
  const to = event.key === 'ArrowDown' || event.key === 'ArrowRight' ? at + 1
    : event.key === 'ArrowUp' || event.key === 'ArrowLeft' ? at - 1
      : event.key === 'Home' ? 0 : event.key === 'End' ? buttons.length - 1 : null
  if (to === null || at === -1) return
  event.preventDefault()
  buttons[(to + buttons.length) % buttons.length]?.focus()
}
