/** One Server-Sent Event. */
export interface StreamedEvent {
  readonly event: string
  readonly data: Readonly<Record<string, unknown>>
}

/** Listens to a stream of Server-Sent Events; listening has begun when this returns. */
export async function listenTo(address: string): Promise<{ next: (fits: (event: StreamedEvent) => boolean) => Promise<StreamedEvent>; all: readonly StreamedEvent[]; stop: () => void }> {
  const abort = new AbortController()
  const response = await fetch(address, { signal: abort.signal })
  if (response.body === null || response.status !== 200) throw new Error(`No stream: ${response.status}`)
  const all: StreamedEvent[] = []
  const looking = new Set<() => void>()
  const read = async (body: ReadableStream<Uint8Array>): Promise<void> => {
    let text = ''
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      const parts = (text + chunk).split('\n\n')
      text = parts.pop() ?? ''
      for (const part of parts) {
        const match = /^event: (.+)\ndata: (.+)$/.exec(part)
        if (match === null) continue
        all.push({ event: match[1] ?? '', data: JSON.parse(match[2] ?? '') as StreamedEvent['data'] })
        for (const look of looking) look()
      }
    }
  }
  read(response.body as ReadableStream<Uint8Array>).catch(() => {})
  return {
    all, stop: () => abort.abort(),
    next: async (fits) => new Promise((resolve) => {
      const look = (): void => {
        const found = all.find(fits)
        if (found === undefined) return
        looking.delete(look)
        resolve(found)
      }
      looking.add(look)
      look()
    }),
  }
}
