import type { ServerResponse } from 'node:http'

/** An event of the page's stream: a name and JSON. */
export interface HubEvent {
  readonly type: string
  readonly data: string
}

const HEARTBEAT_MS = 15_000

/** One stream for each open page: what happens in the local Discord, and how the server is. */
export class EventHub {
  readonly #pages = new Set<ServerResponse>()
  readonly #listeners = new Set<(event: HubEvent) => void>()
  readonly #heartbeat: NodeJS.Timeout

  constructor() {
    this.#heartbeat = setInterval(() => {
      for (const page of this.#pages) page.write(': here\n\n')
    }, HEARTBEAT_MS)
    this.#heartbeat.unref()
  }

  /** Sends everything from now on, after what the page has to know first. */
  open(response: ServerResponse, first: readonly HubEvent[]): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    response.write('retry: 500\n\n')
    for (const event of first) response.write(asText(event))
    this.#pages.add(response)
    response.once('close', () => this.#pages.delete(response))
  }

  emit(event: HubEvent): void {
    const text = asText(event)
    for (const page of this.#pages) page.write(text)
    for (const listener of this.#listeners) listener(event)
  }

  listen(listener: (event: HubEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  close(): void {
    clearInterval(this.#heartbeat)
    for (const page of this.#pages) page.end()
  }
}

function asText({ type, data }: HubEvent): string {
  return `event: ${type}\ndata: ${data}\n\n`
}
