import type { JSX } from 'preact'

const PATHS = {
  target: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 5a4 4 0 1 0 0 8 4 4 0 0 0 0-8Zm0 3.5v1',
  flag: 'M5 21V4m0 1c5-3 9 3 14 0v9c-5 3-9-3-14 0',
  calendar: 'M4 6h16v14H4zM4 10h16M8 3v4m8-4v4m-6 8 2 2 3-4',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Zm9.5-2.5a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5Z',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4M9 12h6m-6 4h6',
  warning: 'M12 4 2.500 20h19zM12 10v5m0 2.500v.1',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8Zm0-5v2m0 14v2M3 12h2m14 0h2M5.600 5.600 7 7m10 10 1.400 1.400M18.400 5.600 17 7M7 17l-1.400 1.400',
  moon: 'M20 14.500A8.500 8.500 0 1 1 9.500 4a7 7 0 0 0 10.500 10.500Z',
  menu: 'M4 7h16M4 12h16M4 17h16',
  tools: 'M4 8h10m4 0h2M4 16h2m4 0h10M16 6v4M8 14v4',
  close: 'm6 6 12 12M18 6 6 18',
  plus: 'M12 5v14M5 12h14',
  reply: 'M9 7 4 12l5 5m-5-5h9a6 6 0 0 1 6 6v1',
  picture: 'M4 5h16v14H4zm0 11 5-5 4 4 3-3 4 4M15.500 9v.1',
} as const

/** A small picture beside a word, or instead of one that is said elsewhere. */
export function Icon({ name, size = 20 }: { name: keyof typeof PATHS; size?: number }): JSX.Element {
  return (
    <svg class="glyph" width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  )
}
