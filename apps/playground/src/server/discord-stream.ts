import { setTimeout as wait } from 'node:timers/promises'
import type { HubEvent } from './event-hub.ts'

const AGAIN_MS = 300

/** Reads the local Discord's event stream until the signal ends it; when it breaks off it is opened again. */
export async function followDiscord(origin: string, take: (event: HubEvent) => void, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const response = await fetch(`${origin}/control/events`, { signal })
      if (response.body !== null) await readEvents(response.body, take)
    } catch {
      // It ended, or is not there yet: what counts is whether we shall go on.
    }
    await wait(AGAIN_MS, undefined, { signal }).catch(() => {})
  }
}

async function readEvents(body: ReadableStream<Uint8Array>, take: (event: HubEvent) => void): Promise<void> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const part of body) {
    const blocks = (rest + decoder.decode(part, { stream: true })).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const type = /^event: (.+)$/m.exec(block)?.[1]
      const data = /^data: (.+)$/m.exec(block)?.[1]
      if (type !== undefined && data !== undefined) take({ type, data })
    }
  }
}
