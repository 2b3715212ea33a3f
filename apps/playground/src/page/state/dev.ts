import { signal } from '@preact/signals'
import type { DevStatus } from '../../shared/status.ts'

/** How the server, the bot and the deploys are; null until it is known. */
export const dev = signal<DevStatus | null>(null)

/** Whether the page hears of what happens. */
export const connected = signal(false)
