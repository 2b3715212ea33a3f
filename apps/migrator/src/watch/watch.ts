import { setTimeout as sleep } from 'node:timers/promises'
import type { Settings } from '../settings.ts'
import type { Terminal } from '../terminal/output.ts'
import { frame } from './frame.ts'
import { blocks, fullScreen, type Screen } from './screen.ts'
import { type View, Viewer } from './view.ts'

/** What a watch works with. */
export interface WatchOptions {
  readonly settings: Settings
  readonly terminal: Terminal
  readonly cwd: string
  readonly now: () => Date
  /** Ends the watch. */
  readonly signal: AbortSignal
  readonly intervalSeconds: number
  /** A line of JSON for each look, instead of frames. */
  readonly json: boolean
}

/** The common queries may take no more than this share of the time: watching is no load. */
const QUERY_SHARE = 0.1
const MOST_QUERY_MS = 200
const SHORTEST_MS = 50

/** Looks at the database and draws what it sees, until somebody ends it. */
export async function watch({ settings, terminal, cwd, now, signal, intervalSeconds, json }: WatchOptions): Promise<void> {
  const { stdout } = terminal
  const stopped = new AbortController()
  const stop = (): void => stopped.abort()
  // Whoever read the pipe has gone ("| head"): no failure.
  stdout.once('error', stop)
  signal.addEventListener('abort', stop, { once: true })
  const intervalMs = Math.max(SHORTEST_MS, intervalSeconds * 1000)
  const viewer = new Viewer(settings, Math.min(MOST_QUERY_MS, intervalMs * QUERY_SHARE))
  const screen: Screen | null = json ? null : stdout.isTTY ? fullScreen(terminal) : blocks(terminal)
  try {
    while (!signal.aborted && !stopped.signal.aborted) {
      const view = viewer.look(now())
      if (screen === null) stdout.write(`${JSON.stringify(jsonOf(view))}\n`)
      else screen.draw(frame(view, cwd))
      await sleep(intervalMs, undefined, { signal: stopped.signal }).catch(() => {})
    }
  } finally {
    signal.removeEventListener('abort', stop)
    screen?.close()
  }
}

/** A look for machines; the sizes of before were in the looks of before. */
function jsonOf({ facts, deploying }: View): object {
  return { ...facts, sizes: undefined, deploying }
}
