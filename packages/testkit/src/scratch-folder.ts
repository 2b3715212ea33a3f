import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder of one test's own. Made with `using`, it goes away with the block. */
export interface ScratchFolder extends Disposable {
  readonly path: string
  /** A path inside of it. */
  file(...names: string[]): string
  remove(): void
}

/** Makes an empty folder under the system's temporary one. */
export function scratchFolder(prefix = 'trivia-test-'): ScratchFolder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), prefix)))
  const remove = (): void => rmSync(path, { recursive: true, force: true, maxRetries: 3 })
  return { path, file: (...names) => join(path, ...names), remove, [Symbol.dispose]: remove }
}
