/** What happens in the sandbox, for those who wait or watch. */
export type SandboxEvent =
  | { type: 'message'; change: 'create' | 'update' | 'delete'; messageId: string; channelId: string }
  | { type: 'interaction'; change: 'sent' | 'answered' | 'failed' | 'followup'; interactionId: string }
  | { type: 'request'; at: number; method: string; path: string; status: number; code: number | undefined; error: object | undefined; interactionId: string | undefined; milliseconds: number }
  | { type: 'gateway'; change: 'identified' | 'resumed' | 'closed'; applicationId: string; shard: number; closeCode: number | undefined }
  | { type: 'clock'; now: number }

/** Hands events on to whoever listens. */
export interface Bus {
  emit(event: SandboxEvent): void
  /** Listens until the result is called. */
  listen(listener: (event: SandboxEvent) => void): () => void
}

/** A bus without listeners yet. */
export function createBus(): Bus {
  const listeners = new Set<(event: SandboxEvent) => void>()
  return {
    emit: (event) => {
      for (const listener of [...listeners]) listener(event)
    },
    listen: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
