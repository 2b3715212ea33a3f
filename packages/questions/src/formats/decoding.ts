import { isUtf8 } from 'node:buffer'

/** What Windows-1252 has in places 0x80 to 0x9f, where Latin-1 has control characters. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/**
 * The text of a file. UTF-8 and UTF-16 with a byte-order mark are read as such. Anything else is read as UTF-8
 * wherever the bytes are UTF-8, and as Windows-1252 where they are not: files that several people collected
 * have both within one file, even within one line, so neither encoding alone would do.
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  if (isUtf8(bytes)) return new TextDecoder().decode(bytes)
  const parts: string[] = []
  const decoder = new TextDecoder('utf-8', { ignoreBOM: false })
  let start = 0
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes, at)
    if (length > 0) {
      at += length
      continue
    }
    parts.push(decoder.decode(bytes.subarray(start, at)), windows1252(bytes[at] ?? 0))
    at += 1
    start = at
  }
  parts.push(decoder.decode(bytes.subarray(start)))
  return parts.join('')
}

/** How many bytes the UTF-8 sequence here has; 0 where there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0
  if (first < 0x80) return 1
  const length = first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0
  return length > 0 && at + length <= bytes.length && isUtf8(bytes.subarray(at, at + length)) ? length : 0
}

function windows1252(byte: number): string {
  return byte >= 0x80 && byte <= 0x9f ? (WINDOWS_1252[byte - 0x80] ?? '') : String.fromCharCode(byte)
}
