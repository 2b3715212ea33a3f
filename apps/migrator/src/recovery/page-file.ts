import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs'
import { committedPages } from './wal.ts'
import type { TextEncoding } from './record.ts'

const MAGIC = 'SQLite format 3\0'
const DEFAULT_PAGE_SIZE = 4096

/** The pages of a database file as they are, sound or not, with those of a log beside it. Nothing is written. */
export class PageFile implements Disposable {
  readonly pageSize: number
  /** A page's bytes without those reserved for extensions. */
  readonly usable: number
  readonly pages: number
  readonly encoding: TextEncoding
  /** Whether the first 100 bytes are a database's. */
  readonly hasHeader: boolean
  readonly #descriptor: number
  readonly #log: ReadonlyMap<number, Buffer>

  /** @param fallback the page size of another copy, for a file whose own is destroyed */
  constructor(path: string, fallback: number | null) {
    this.#descriptor = openSync(path, 'r')
    const header = Buffer.alloc(100)
    readSync(this.#descriptor, header, 0, 100, 0)
    const size = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16)
    this.hasHeader = header.toString('latin1', 0, 16) === MAGIC && size >= 512 && (size & (size - 1)) === 0
    const log = existsSync(`${path}-wal`) ? committedPages(readFileSync(`${path}-wal`)) : null
    this.#log = log?.pages ?? new Map<number, Buffer>()
    this.pageSize = this.hasHeader ? size : log?.pageSize ?? fallback ?? DEFAULT_PAGE_SIZE
    this.usable = this.pageSize - (this.hasHeader ? header.readUInt8(20) : 0)
    this.encoding = this.hasHeader ? (['utf8', 'utf8', 'utf16le', 'utf16be'] as const)[header.readUInt32BE(56)] ?? 'utf8' : 'utf8'
    this.pages = Math.max(Math.ceil(fstatSync(this.#descriptor).size / this.pageSize), ...this.#log.keys())
  }

  /** Page 1 is the first. What a cut file does not have is zeros. */
  read(page: number): Buffer {
    const logged = this.#log.get(page)
    if (logged !== undefined) return logged
    const bytes = Buffer.alloc(this.pageSize)
    try {
      readSync(this.#descriptor, bytes, 0, this.pageSize, (page - 1) * this.pageSize)
    } catch {
      // A bad sector is an unreadable page, and no more.
    }
    return bytes
  }

  [Symbol.dispose](): void {
    closeSync(this.#descriptor)
  }
}
