import type { JSX } from 'preact'

/** Somebody's picture: their first letter on a colour of their own. */
export function Avatar({ id, name, bot = false, small = false }: { id: string; name: string; bot?: boolean; small?: boolean }): JSX.Element {
  const hue = Array.from(`${id.slice(-6)}${name}`).reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 360, 7)
  return <span class={`avatar ${small ? 'small' : ''} ${bot ? 'bot' : ''}`} style={{ '--hue': String(hue) }} aria-hidden="true">{bot ? '?' : firstLetter(name)}</span>
}

/** The first letter as people count letters. */
export function firstLetter(name: string): string {
  for (const { segment } of new Intl.Segmenter().segment(name)) return segment.toUpperCase()
  return ''
}
