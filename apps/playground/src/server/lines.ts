import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

/** Hands on each line of a stream. */
export function eachLine(stream: Readable | null, take: (line: string) => void): void {
  if (stream !== null) createInterface({ input: stream, crlfDelay: Infinity }).on('line', take)
}

/** Everything that a stream brings. */
export async function textOf(stream: Readable | null): Promise<string> {
  const parts: Buffer[] = []
  if (stream !== null) for await (const part of stream) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}
