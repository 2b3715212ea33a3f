import type { APIAttachment } from 'discord-api-types/v10'
import { objectsOf, plain, textOf } from '../json.ts'
import type { MakeId } from '../snowflake.ts'

/** A file that came with a request, or that a user gives. */
export interface UploadedFile {
  /** The n of `files[n]`. */
  readonly index: number
  readonly name: string
  readonly contentType: string
  readonly bytes: Uint8Array
}

// Enough for every test; a trial that runs for days must not fill the memory with pictures.
const KEPT_BYTES = 256 * 2 ** 20

/** The files of messages and options, which can be fetched from the sandbox; past 256 MiB the oldest are forgotten. */
export class Files {
  readonly #files = new Map<string, UploadedFile>()
  readonly #makeId: MakeId
  readonly #base: () => string
  #bytes = 0

  /** @param base the address that files are fetched from */
  constructor(makeId: MakeId, base: () => string) {
    this.#makeId = makeId
    this.#base = base
  }

  /** The file of an attachment. */
  get(attachmentId: string): UploadedFile | undefined {
    return this.#files.get(attachmentId)
  }

  /** Keeps a file and describes it as Discord does; `about` is what the request says of it. */
  keep(file: UploadedFile, channelId: string, about: { filename?: string | undefined; description?: string | undefined; ephemeral?: boolean } = {}): APIAttachment {
    const id = this.#makeId()
    this.#files.set(id, file)
    this.#bytes += file.bytes.byteLength
    for (const [oldest, { bytes }] of this.#files) {
      if (this.#bytes <= KEPT_BYTES) break
      this.#files.delete(oldest)
      this.#bytes -= bytes.byteLength
    }
    const filename = (about.filename ?? file.name).replace(/[^\w.-]+/g, '_')
    const url = `${this.#base()}/attachments/${channelId}/${id}/${filename}`
    return {
      id, filename, size: file.bytes.byteLength, url, proxy_url: url, content_type: file.contentType,
      ...(about.description === undefined ? {} : { description: about.description }), ...(about.ephemeral === true ? { ephemeral: true } : {}),
    }
  }

  /** Keeps the files of a message; `described` is its `attachments`, whose ids are the files' indexes. */
  keepAll(files: readonly UploadedFile[], described: unknown, channelId: string): APIAttachment[] {
    return files.map((file) => {
      const about = objectsOf(described).find((each) => plain(each['id']) === String(file.index))
      return this.keep(file, channelId, { filename: textOf(about?.['filename']), description: textOf(about?.['description']) })
    })
  }
}
