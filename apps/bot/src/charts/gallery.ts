import { Worker } from 'node:worker_threads'
import type { ActivityPicture, BreakdownPicture } from './types.ts'

/** What is to be drawn. */
export type Picture = { readonly kind: 'activity'; readonly picture: ActivityPicture } | { readonly kind: 'breakdown'; readonly picture: BreakdownPicture }

/** Draws pictures in a thread of its own: one takes 50 ms, in which nobody else could be answered. */
export interface Gallery {
  /** A PNG; null where too many are waiting already, or where drawing fails: the text goes without it. */
  draw(picture: Picture): Promise<Uint8Array | null>
  close(): Promise<void>
}

/** So many wait at most: about as long as a player does. */
const MOST_WAITING = 40
/** The thread keeps 100 MB. It goes when nobody has wanted a picture for so long, in milliseconds. */
const IDLE = 60_000

export function createGallery(): Gallery {
  const waiting = new Map<number, (drawn: Uint8Array | null) => void>()
  let worker: Worker | undefined
  let idle: NodeJS.Timeout | undefined
  let last = 0

  const lost = (): void => {
    worker = undefined
    for (const resolve of waiting.values()) resolve(null)
    waiting.clear()
  }
  const start = (): Worker => {
    const started = new Worker(new URL('gallery.worker.ts', import.meta.url))
    started.unref()
    started.on('message', ({ id, drawn }: { id: number; drawn: Uint8Array | null }) => {
      waiting.get(id)?.(drawn)
      waiting.delete(id)
    })
    started.on('error', lost)
    started.on('exit', () => {
      if (worker === started) lost()
    })
    return started
  }
  const close = async (): Promise<void> => {
    clearTimeout(idle)
    const present = worker
    lost()
    await present?.terminate()
  }
  return {
    draw: (picture) => {
      if (waiting.size >= MOST_WAITING) return Promise.resolve(null)
      clearTimeout(idle)
      idle = setTimeout(() => void close(), IDLE).unref()
      worker ??= start()
      const id = (last += 1)
      const drawn = new Promise<Uint8Array | null>((resolve) => waiting.set(id, resolve))
      worker.postMessage({ id, ...picture })
      return drawn
    },
    close,
  }
}
