import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { SizeSample } from './facts.ts'
import { makeMonitoringFolder, monitoringFolder, writeMonitoringFile } from './folder.ts'

const line = z.tuple([z.number(), z.number(), z.number()])
const KEPT = 500

/** Sizes that were written down, the oldest first. Prometheus keeps its own; these are for the terminal. */
export function readSizes(database: string): SizeSample[] {
  let text: string
  try {
    text = readFileSync(join(monitoringFolder(database), 'history', 'sizes.jsonl'), 'utf8')
  } catch {
    return []
  }
  return text.split('\n').flatMap((each) => parseLine(each) ?? []).slice(-KEPT)
}

/**
 * Adds a size. A line that was cut off by a crash costs itself only.
 *
 * @throws the system's error
 */
export function addSize(database: string, sample: SizeSample): void {
  const path = join(makeMonitoringFolder(database, 'history'), 'sizes.jsonl')
  const known = countLines(path)
  if (known === 0 || known >= 2 * KEPT) writeMonitoringFile(database, path, [...readSizes(database), sample].map(renderLine).join(''))
  else appendFileSync(path, renderLine(sample))
}

function renderLine({ at, bytes, walBytes }: SizeSample): string {
  return `${JSON.stringify([at.getTime(), bytes, walBytes])}\n`
}

function parseLine(text: string): SizeSample | null {
  try {
    const [at, bytes, walBytes] = line.parse(JSON.parse(text))
    return { at: new Date(at), bytes, walBytes }
  } catch {
    return null
  }
}

function countLines(path: string): number {
  try {
    return readFileSync(path, 'utf8').split('\n').length - 1
  } catch {
    return 0
  }
}
