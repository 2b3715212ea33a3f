import type { PageFile } from './page-file.ts'
import { readRecord, readVarint, Unreadable, type Value } from './record.ts'

/** What a page of a tree is: inside or at the end, of a table or of an index. */
export type PageKind = 'table-inside' | 'table-leaf' | 'index-inside' | 'index-leaf'

const KINDS: Readonly<Record<number, PageKind>> = { 0x05: 'table-inside', 0x0d: 'table-leaf', 0x02: 'index-inside', 0x0a: 'index-leaf' }

/** A row, or an index entry, which has no number of its own. */
export interface Cell {
  readonly rowid: bigint | null
  readonly values: readonly Value[]
  /** The further pages of a long one. */
  readonly overflow: readonly number[]
}

export interface BtreePage {
  readonly kind: PageKind
  /** The pages below. */
  readonly children: readonly number[]
  readonly cells: readonly Cell[]
  /** Cells that cannot be read. */
  readonly broken: number
}

/** Reads a page as a part of a tree; null where it is none. */
export function readBtreePage(file: PageFile, page: number): BtreePage | null {
  const bytes = file.read(page)
  const start = page === 1 ? 100 : 0
  const kind = KINDS[bytes[start] ?? 0]
  if (kind === undefined) return null
  const inside = kind.endsWith('inside')
  const count = bytes.readUInt16BE(start + 3)
  const pointers = start + (inside ? 12 : 8)
  if (pointers + count * 2 > file.usable) return null
  const children: number[] = []
  const cells: Cell[] = []
  let broken = 0
  for (let index = 0; index < count; index++) {
    try {
      const at = bytes.readUInt16BE(pointers + index * 2)
      if (at < pointers + count * 2 || at >= file.usable) throw new Unreadable('a cell outside of its page')
      if (inside) children.push(bytes.readUInt32BE(at))
      if (kind !== 'table-inside') cells.push(readCell(file, bytes, inside ? at + 4 : at, kind === 'table-leaf'))
    } catch (error) {
      if (!(error instanceof Unreadable || error instanceof RangeError)) throw error
      broken++
    }
  }
  if (inside) children.push(bytes.readUInt32BE(start + 8))
  return { kind, children, cells, broken }
}

function readCell(file: PageFile, bytes: Buffer, at: number, ofTable: boolean): Cell {
  const length = readVarint(bytes, at)
  const number = ofTable ? readVarint(bytes, length.next) : null
  const { payload, overflow } = readPayload(file, bytes, number?.next ?? length.next, Number(length.value), ofTable)
  return { rowid: number?.value ?? null, values: readRecord(payload, file.encoding), overflow }
}

/** What does not fit into a page goes on in a chain of others; the sizes are the file format's. */
function readPayload(file: PageFile, bytes: Buffer, at: number, length: number, ofTable: boolean): { payload: Buffer; overflow: number[] } {
  const { usable } = file
  if (length <= 0 || length > file.pages * usable) throw new Unreadable('a length that cannot be')
  const most = ofTable ? usable - 35 : Math.floor(((usable - 12) * 64) / 255) - 23
  const least = Math.floor(((usable - 12) * 32) / 255) - 23
  const surplus = least + ((length - least) % (usable - 4))
  const local = length <= most ? length : surplus <= most ? surplus : least
  if (at + local > usable) throw new Unreadable('a cell longer than its page')
  const parts = [bytes.subarray(at, at + local)]
  const overflow: number[] = []
  let missing = length - local
  let next = missing > 0 ? bytes.readUInt32BE(at + local) : 0
  while (missing > 0) {
    if (next < 2 || next > file.pages || overflow.includes(next)) throw new Unreadable('a chain that leads nowhere')
    overflow.push(next)
    const further = file.read(next)
    parts.push(further.subarray(4, 4 + Math.min(missing, usable - 4)))
    missing -= usable - 4
    next = further.readUInt32BE(0)
  }
  return { payload: Buffer.concat(parts), overflow }
}
