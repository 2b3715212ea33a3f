const HEADER = 32
const FRAME_HEADER = 24

/** The newest committed content of each page in a write-ahead log; null for a file that is none. */
export function committedPages(log: Buffer): { readonly pageSize: number; readonly pages: ReadonlyMap<number, Buffer> } | null {
  if (log.length < HEADER || (log.readUInt32BE(0) & 0xfffffffe) !== 0x377f0682) return null
  const bigEndian = (log.readUInt32BE(0) & 1) === 1
  const pageSize = log.readUInt32BE(8)
  if (pageSize < 512 || pageSize > 65_536) return null
  const pages = new Map<number, Buffer>()
  let open = new Map<number, Buffer>()
  let sum = checksum(log.subarray(0, 24), bigEndian, [0, 0])
  if (!matches(sum, log, 24)) return null
  for (let at = HEADER; at + FRAME_HEADER + pageSize <= log.length; at += FRAME_HEADER + pageSize) {
    const frame = log.subarray(at, at + FRAME_HEADER + pageSize)
    // Frames of an earlier round have other salts, half written ones another sum.
    if (!frame.subarray(8, 16).equals(log.subarray(16, 24))) break
    sum = checksum(frame.subarray(0, 8), bigEndian, sum)
    sum = checksum(frame.subarray(FRAME_HEADER), bigEndian, sum)
    if (!matches(sum, frame, 16)) break
    open.set(frame.readUInt32BE(0), frame.subarray(FRAME_HEADER))
    if (frame.readUInt32BE(4) === 0) continue
    for (const [page, bytes] of open) pages.set(page, bytes)
    open = new Map()
  }
  return { pageSize, pages }
}

type Sum = readonly [number, number]

function checksum(bytes: Buffer, bigEndian: boolean, [first, second]: Sum): Sum {
  let [one, two] = [first, second]
  for (let at = 0; at + 8 <= bytes.length; at += 8) {
    one = (one + (bigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)) + two) >>> 0
    two = (two + (bigEndian ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4)) + one) >>> 0
  }
  return [one, two]
}

function matches([one, two]: Sum, bytes: Buffer, at: number): boolean {
  return bytes.readUInt32BE(at) === one && bytes.readUInt32BE(at + 4) === two
}
