import { effect, signal } from '@preact/signals'

export type Theme = 'dark' | 'light'

const system = matchMedia('(prefers-color-scheme: light)')
const stored = localStorage.getItem('theme')

const chosen = signal<Theme | null>(stored === 'dark' || stored === 'light' ? stored : null)
const ofSystem = signal<Theme>(system.matches ? 'light' : 'dark')

/** What is shown: what was chosen here, else what the system says. */
export function theme(): Theme {
  return chosen.value ?? ofSystem.value
}

export function toggleTheme(): void {
  chosen.value = theme() === 'dark' ? 'light' : 'dark'
  localStorage.setItem('theme', chosen.value)
}

export function startTheme(): void {
  system.addEventListener('change', () => (ofSystem.value = system.matches ? 'light' : 'dark'))
  effect(() => {
    document.documentElement.dataset['theme'] = theme()
  })
}
