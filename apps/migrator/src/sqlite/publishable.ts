import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { failed, refuse } from '../errors.ts'
import { freeBytes, megabytes } from '../files/space.ts'
import { pragmaValue, withDatabase } from './connection.ts'
import type { LiveFile } from './live-file.ts'

/** Bytes that the write-ahead log and the journal have beside each page. */
const FRAME_HEADER = 24
const JOURNAL_HEADER = 8
/** The journal's or log's own header, and some file system bookkeeping. */
const SLACK = 256 * 1024

/**
 * Whether the candidate can be published into the live file at all. In WAL mode another page size is refused
 * halfway; another text encoding breaks open connections; a disk that holds the log but not the checkpoint
 * would leave a database that nobody can write.
 *
 * @throws MigratorError
 */
export function assertPublishable(candidate: string, live: LiveFile): void {
  const read = (name: string): string | number | bigint | null => pragmaValue(live.connection, name)
  const theirs = { pageSize: Number(read('page_size')), encoding: read('encoding'), pages: Number(read('page_count')) }
  const ours = withDatabase(candidate, { readonly: true }, (connection) => ({
    pageSize: Number(pragmaValue(connection, 'page_size')),
    encoding: pragmaValue(connection, 'encoding'),
    pages: Number(pragmaValue(connection, 'page_count')),
  }))
  const blank = theirs.pages === 0
  if (!blank && (ours.pageSize !== theirs.pageSize || ours.encoding !== theirs.encoding)) {
    throw failed({
      code: 'CANDIDATE_FORMAT',
      what: 'The migrated copy has another page size or text encoding than the database.',
      why: `${ours.pageSize} and ${ours.encoding} instead of ${theirs.pageSize} and ${theirs.encoding}: a migration has changed it.`,
      next: 'Take the PRAGMA page_size or encoding out of the migration and deploy again.',
    })
  }
  const growth = Math.max(0, ours.pages - theirs.pages) * ours.pageSize
  const log = live.isWal ? ours.pages * (ours.pageSize + FRAME_HEADER) : theirs.pages * (theirs.pageSize + JOURNAL_HEADER)
  const needed = log + growth + SLACK
  const free = freeBytes(dirname(live.path)) + walBytes(live)
  if (free >= needed) return
  throw refuse({
    code: 'DISK_FULL',
    what: `There is not enough room to publish in ${dirname(live.path)}.`,
    why: `It takes ${megabytes(needed)}, and ${megabytes(free)} are free.`,
    next: 'Make room and deploy again; the live database is as before.',
  })
}

/** A log that is there already is overwritten from its start. */
function walBytes(live: LiveFile): number {
  return statSync(`${live.path}-wal`, { throwIfNoEntry: false })?.size ?? 0
}
