/** A player's choice in the settings; 'default' is made for Discord's own dark background. */
export type Theme = 'default' | 'dark' | 'light'

/** Colours of a picture, as CSS writes them. */
export interface Palette {
  readonly background: string
  readonly text: string
  readonly faint: string
  readonly grid: string
  readonly right: string
  readonly wrong: string
  readonly line: string
  /** The unfilled part of a bar. */
  readonly track: string
  /** Accuracy from weak to strong: below 50 %, below 75 %, above. */
  readonly levels: readonly [weak: string, fair: string, strong: string]
}

const palettes: Readonly<Record<Theme, Palette>> = {
  default: {
    background: '#2b2d42', text: '#f4f4fb', faint: '#b4b7d0', grid: '#40435e',
    right: '#6ee7b7', wrong: '#5b5f85', line: '#ffc857', track: '#3b3e59',
    levels: ['#ff7b89', '#ffc857', '#6ee7b7'],
  },
  dark: {
    background: '#111214', text: '#f2f3f5', faint: '#9da1aa', grid: '#26282c',
    right: '#3fb98a', wrong: '#41444c', line: '#f0b232', track: '#212327',
    levels: ['#e5606d', '#f0b232', '#3fb98a'],
  },
  light: {
    background: '#ffffff', text: '#1f2330', faint: '#626879', grid: '#e6e8ee',
    right: '#2a9d74', wrong: '#cbd0dc', line: '#d9720b', track: '#eceef3',
    levels: ['#d64558', '#d9930b', '#2a9d74'],
  },
}

/** The colours of a theme; of 'default' where an older database holds another word. */
export function paletteOf(theme: string): Palette {
  return isTheme(theme) ? palettes[theme] : palettes.default
}

/** Whether a text is one of the three themes. */
export function isTheme(text: string): text is Theme {
  return Object.hasOwn(palettes, text)
}
