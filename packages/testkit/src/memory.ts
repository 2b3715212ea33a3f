import { readdirSync, readFileSync } from 'node:fs'

/** Watches how much memory of its own a process and its descendants take. */
export interface MemoryWatch {
  /** Ends it. Returns the peak of the sum in bytes: what is not shared with others and not mapped from files. */
  stop(): number
}

/** Looks every so often; Linux only, elsewhere the peak is 0. */
export function watchMemory(pid: number, everyMs = 50): MemoryWatch {
  let peak = 0
  const look = (): void => {
    peak = Math.max(peak, familyOf(pid).reduce((sum, each) => sum + anonymousBytes(each), 0))
  }
  const timer = setInterval(look, everyMs)
  return {
    stop: () => {
      clearInterval(timer)
      return peak
    },
  }
}

function familyOf(pid: number): number[] {
  const parents = new Map<number, number>()
  for (const name of entries('/proc')) {
    const parent = /^\d+$/.test(name) ? /^PPid:\s+(\d+)/m.exec(text(`/proc/${name}/status`))?.[1] : undefined
    if (parent !== undefined) parents.set(Number(name), Number(parent))
  }
  const family = [pid]
  for (const each of family) family.push(...[...parents].filter(([, parent]) => parent === each).map(([child]) => child))
  return family
}

function anonymousBytes(pid: number): number {
  const rollup = text(`/proc/${pid}/smaps_rollup`)
  return Number(/^Anonymous:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024
}

function text(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // It has ended.
    return ''
  }
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
