/** A value as SQLite stores it. */
export type Value = null | bigint | number | string | Buffer

/** How a database stores texts. */
export type TextEncoding = 'utf8' | 'utf16le' | 'utf16be'

/** Bytes that do not hold what they should. */
export class Unreadable extends Error {}

/** Reads one of SQLite's variable-length numbers: up to eight bytes of seven bits and a ninth of eight. */
export function readVarint(bytes: Buffer, at: number): { readonly value: bigint; readonly next: number } {
  let value = 0n
  for (let index = 0; index < 9; index++) {
    const byte = bytes[at + index]
    if (byte === undefined) throw new Unreadable('a number ends beyond the page')
    if (index === 8) return { value: BigInt.asIntN(64, (value << 8n) | BigInt(byte)), next: at + 9 }
    value = (value << 7n) | BigInt(byte & 0x7f)
    if (byte < 0x80) return { value, next: at + index + 1 }
  }
  throw new Unreadable('a number without an end')
}

const INTEGER_BYTES = [0, 1, 2, 3, 4, 6, 8] as const

/** The values of a row or of an index entry. What does not add up to the byte is no record. */
export function readRecord(payload: Buffer, encoding: TextEncoding): Value[] {
  const header = readVarint(payload, 0)
  const end = Number(header.value)
  if (end < header.next || end > payload.length) throw new Unreadable('a header longer than its record')
  const types: bigint[] = []
  let at = header.next
  while (at < end) {
    const { value, next } = readVarint(payload, at)
    types.push(value)
    at = next
  }
  if (at !== end) throw new Unreadable('a header that does not end where it says')
  const values = types.map((type) => {
    const size = sizeOf(type)
    if (at + size > payload.length) throw new Unreadable('a value longer than its record')
    const value = valueOf(type, payload.subarray(at, at + size), encoding)
    at += size
    return value
  })
  if (at !== payload.length) throw new Unreadable('a record longer than its values')
  return values
}

function sizeOf(type: bigint): number {
  if (type < 0n || type === 10n || type === 11n) throw new Unreadable('a type that there is not')
  if (type >= 12n) return Number((type - 12n) / 2n)
  return type === 7n ? 8 : INTEGER_BYTES[Number(type)] ?? 0
}

function valueOf(type: bigint, bytes: Buffer, encoding: TextEncoding): Value {
  if (type === 0n) return null
  if (type === 8n || type === 9n) return type - 8n
  if (type === 7n) return bytes.readDoubleBE(0)
  if (type < 7n) return bytes.length === 8 ? bytes.readBigInt64BE(0) : BigInt(bytes.readIntBE(0, bytes.length))
  if (type % 2n === 0n) return Buffer.from(bytes)
  if (encoding === 'utf8') return textOf(bytes, 'utf-8')
  return textOf(bytes, encoding === 'utf16le' ? 'utf-16le' : 'utf-16be')
}

function textOf(bytes: Buffer, label: string): string {
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new Unreadable('a text that is none')
  }
}
