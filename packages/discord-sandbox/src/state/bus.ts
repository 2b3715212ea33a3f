/** A bot's message, or somebody's, has changed. */
export interface MessageEvent {
  readonly type: 'message'
  readonly change: 'create' | 'update' | 'delete'
  readonly messageId: string
  readonly channelId: string
  readonly guildId: string | undefined
  /** The only one who sees it, if it is ephemeral. */
  readonly onlyFor: string | undefined
}

/** A request to the REST API has been answered. */
export interface RequestEvent {
  readonly type: 'request'
  readonly at: number
  readonly method: string
  readonly path: string
  readonly status: number
  readonly code: number | undefined
  /** Why it was refused: the body of the answer. */
  readonly error: object | undefined
  readonly interactionId: string | undefined
  readonly milliseconds: number
}

/** A server, or something in it, has changed. */
export interface PlaceEvent {
  readonly type: 'place'
  readonly what: 'guild' | 'channel' | 'role' | 'member'
  readonly change: 'create' | 'update' | 'delete'
  readonly guildId: string
  /** The channel's, role's or member's id. */
  readonly id: string
}

/** What happens in the sandbox, for those who wait or watch. */
export type SandboxEvent =
  | MessageEvent
  | RequestEvent
  | PlaceEvent
  | { type: 'interaction'; change: 'sent' | 'answered' | 'failed' | 'followup'; interactionId: string }
  | { type: 'commands'; applicationId: string; scope: string }
  | { type: 'gateway'; change: 'identified' | 'resumed' | 'closed'; applicationId: string; shard: number; closeCode: number | undefined }
  | { type: 'clock'; now: number }

type Listener = (event: SandboxEvent) => void

/** Hands events on to whoever listens. */
export interface Bus {
  emit(event: SandboxEvent): void
  /** Listens until the result is called. */
  listen(listener: Listener): () => void
  /** Listens to what happens to one message or interaction, until the result is called. */
  about(id: string, listener: Listener): () => void
}

/** A bus without listeners yet. */
export function createBus(): Bus {
  const listeners = new Set<Listener>()
  // Hundreds wait at a time, each for its own interaction: nobody else is to be woken.
  const byId = new Map<string, Set<Listener>>()
  return {
    emit: (event) => {
      const id = subjectOf(event)
      const concerned = id === undefined ? undefined : byId.get(id)
      if (concerned !== undefined) for (const listener of [...concerned]) listener(event)
      if (listeners.size > 0) for (const listener of [...listeners]) listener(event)
    },
    listen: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    about: (id, listener) => {
      const known = byId.get(id) ?? new Set()
      byId.set(id, known.add(listener))
      return () => {
        known.delete(listener)
        if (known.size === 0 && byId.get(id) === known) byId.delete(id)
      }
    },
  }
}

function subjectOf(event: SandboxEvent): string | undefined {
  if (event.type === 'message') return event.messageId
  return event.type === 'interaction' ? event.interactionId : undefined
}
