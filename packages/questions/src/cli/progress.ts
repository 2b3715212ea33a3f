import type { ImportProgress } from '../importing/import.ts'

/** Where progress is shown. */
export type ProgressStream = Pick<NodeJS.WriteStream, 'write' | 'isTTY'>

/**
 * Shows how far an import is: one line that changes on a terminal, and a line at times elsewhere. Reading and storing
 * never yield to the event loop, so nothing with timers could.
 */
export function importProgress(stream: ProgressStream, now: () => number = Date.now): { show: (progress: ImportProgress) => void; end: () => void } {
  const every = stream.isTTY ? 100 : 2000
  let last = now()
  let shown = false
  return {
    show: (progress) => {
      if (now() - last < every) return
      last = now()
      shown = true
      const text = progress.doing === 'reading' ? `reading ${progress.file}: ${progress.read} rows` : `storing: ${progress.done} of ${progress.of} questions`
      stream.write(stream.isTTY ? `\r\u001B[K${text}` : `${text}\n`)
    },
    end: () => {
      if (shown && stream.isTTY) stream.write('\r\u001B[K')
    },
  }
}
