import type { DevStatus } from '../../shared/status.ts'
import type { Message } from '../discord/types.ts'

export interface MessageChange {
  readonly change: 'create' | 'update' | 'delete'
  readonly messageId: string
  readonly channelId: string
  readonly guildId?: string
  readonly onlyFor?: string
  readonly message?: Message
}

/** An interaction as the control API describes it. */
export interface SeenInteraction {
  readonly id: string
  readonly type: number
  readonly label: string
  readonly userId: string
  readonly channelId: string
  readonly createdAt: number
  readonly state: 'waiting' | 'answered' | 'failed'
  readonly callback?: number
  readonly timeToFirstAnswerMs?: number
}

/** A request to Discord's REST API. */
export interface SeenRequest {
  readonly at: number
  readonly method: string
  readonly path: string
  readonly status: number
  readonly code?: number
  readonly error?: unknown
  readonly interactionId?: string
  readonly milliseconds: number
}

export interface StreamHandlers {
  readonly opened: () => void
  readonly lost: () => void
  readonly dev: (status: DevStatus) => void
  readonly message: (event: MessageChange) => void
  readonly interaction: (event: { readonly interaction?: SeenInteraction }) => void
  readonly request: (request: SeenRequest & { readonly refused: boolean }) => void
  readonly place: () => void
  readonly commands: () => void
  readonly gateway: (event: { readonly change: string; readonly shard: number; readonly closeCode?: number }) => void
  readonly clock: (event: { readonly now: number }) => void
}

const NAMES = ['dev', 'message', 'interaction', 'request', 'place', 'commands', 'gateway', 'clock'] as const

/** Listens to everything that happens; the browser opens the stream again by itself. */
export function listen(handlers: StreamHandlers): () => void {
  const source = new EventSource('/api/events')
  source.addEventListener('open', () => handlers.opened())
  source.addEventListener('error', () => handlers.lost())
  for (const name of NAMES) {
    source.addEventListener(name, (event) => {
      const handle = handlers[name] as (data: unknown) => void
      handle(JSON.parse((event as MessageEvent<string>).data))
    })
  }
  return () => source.close()
}
