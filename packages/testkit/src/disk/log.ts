import { readFileSync } from 'node:fs'

interface Call {
  readonly path: string
  readonly inode: bigint
}

/** Something that was done to the disk. */
export type DiskEvent =
  | (Call & { readonly kind: 'write'; readonly offset: number; readonly data: Buffer })
  | (Call & { readonly kind: 'truncate'; readonly length: number })
  /** `data` is the file's whole content at that time. */
  | (Call & { readonly kind: 'sync'; readonly data: Buffer })
  | (Call & { readonly kind: 'sync-folder' | 'create' | 'unlink' })
  | (Call & { readonly kind: 'rename' | 'link'; readonly to: string })

const HEADER = 32

/** Reads what a process with a disk log has done, in order. */
export function readDiskLog(file: string): DiskEvent[] {
  const bytes = readFileSync(file)
  const events: DiskEvent[] = []
  for (let at = 0; at + HEADER <= bytes.length; ) {
    const letter = String.fromCharCode(bytes.readUInt32LE(at))
    const pathLength = bytes.readUInt32LE(at + 4)
    const inode = bytes.readBigUInt64LE(at + 8)
    const offset = Number(bytes.readBigUInt64LE(at + 16))
    const length = Number(bytes.readBigUInt64LE(at + 24))
    const path = bytes.toString('utf8', at + HEADER, at + HEADER + pathLength)
    const start = at + HEADER + pathLength
    const data = bytes.subarray(start, start + length)
    events.push(eventOf(letter, { path, inode }, offset, data))
    at = start + length
  }
  return events
}

function eventOf(letter: string, call: Call, offset: number, data: Buffer): DiskEvent {
  switch (letter) {
    case 'w': return { ...call, kind: 'write', offset, data }
    case 't': return { ...call, kind: 'truncate', length: offset }
    case 's': return { ...call, kind: 'sync', data }
    case 'd': return { ...call, kind: 'sync-folder' }
    case 'c': return { ...call, kind: 'create' }
    case 'u': return { ...call, kind: 'unlink' }
    case 'r': return { ...call, kind: 'rename', to: data.toString('utf8') }
    case 'l': return { ...call, kind: 'link', to: data.toString('utf8') }
    default: throw new Error(`The disk log has a record of an unknown kind: ${letter}`)
  }
}
