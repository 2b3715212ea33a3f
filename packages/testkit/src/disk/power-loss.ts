import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import type { SeededRandom } from '../seeded-random.ts'
import type { DiskEvent } from './log.ts'

/** Which of the writes that were not synced yet are on the disk all the same. Disks may reorder them. */
export type Survival = 'none' | 'all' | SeededRandom

interface Content {
  synced: Buffer
  pending: Extract<DiskEvent, { kind: 'write' | 'truncate' }>[]
}

type NameChange = { readonly folder: string; readonly apply: (names: Map<string, Content>) => void }

/**
 * A disk on which nothing is certain but what was synced: a file's content since its last fsync, and the names in
 * a folder since the folder's. It starts with files as they are, takes in what a process did, and tells what would
 * be there if the power failed at that point.
 */
export class UncertainDisk {
  /** The newest file of each inode number, as the process sees it. */
  readonly #contents = new Map<bigint, Content>()
  readonly #names = new Map<string, Content>()
  #changes: NameChange[] = []

  /** @param paths the files that there are before; those that do not exist are left out */
  constructor(paths: readonly string[]) {
    for (const path of paths) {
      const stat = statSync(path, { bigint: true, throwIfNoEntry: false })
      if (stat === undefined) continue
      const content = { synced: readFileSync(path), pending: [] }
      this.#contents.set(stat.ino, content)
      this.#names.set(path, content)
    }
  }

  take(event: DiskEvent): void {
    const content = this.#contents.get(event.inode) ?? { synced: Buffer.alloc(0), pending: [] }
    if (event.kind !== 'sync-folder') this.#contents.set(event.inode, content)
    switch (event.kind) {
      case 'write': case 'truncate':
        content.pending.push(event)
        break
      case 'sync':
        content.synced = event.data
        content.pending = []
        break
      case 'sync-folder':
        this.#changes = this.#changes.filter((change) => {
          if (change.folder !== event.path) return true
          change.apply(this.#names)
          return false
        })
        break
      case 'create': {
        // The number may have belonged to a file that is gone, but not yet from the disk.
        const fresh: Content = { synced: Buffer.alloc(0), pending: [] }
        this.#contents.set(event.inode, fresh)
        this.#change(event.path, (names) => names.set(event.path, fresh))
        break
      }
      case 'unlink':
        this.#change(event.path, (names) => names.delete(event.path))
        break
      case 'rename':
        this.#change(event.to, (names) => {
          names.delete(event.path)
          names.set(event.to, content)
        })
        break
      case 'link':
        this.#change(event.to, (names) => names.set(event.to, content))
        break
    }
  }

  /** The paths whose last write was not synced, and the folders whose last change was not. */
  unsynced(): string[] {
    const files = [...this.#names].filter(([, content]) => content.pending.length > 0).map(([path]) => path)
    return [...new Set([...files, ...this.#changes.map((change) => change.folder)])]
  }

  /** Writes what a power loss would leave of the files below `from` into the folder `to`. */
  writeTo(to: string, from: string, survival: Survival): void {
    const names = new Map(this.#names)
    for (const change of surviving(this.#changes, survival, 'in order')) change.apply(names)
    for (const [path, content] of names) {
      const target = join(to, relative(from, path))
      mkdirSync(dirname(target), { recursive: true })
      writeFileSync(target, contentAfter(content, survival))
    }
  }

  #change(path: string, apply: (names: Map<string, Content>) => void): void {
    this.#changes.push({ folder: dirname(path), apply })
  }
}

function surviving<T>(pending: readonly T[], survival: Survival, how: 'any' | 'in order'): readonly T[] {
  if (survival === 'none') return []
  if (survival === 'all') return pending
  return how === 'in order' ? pending.slice(0, survival.integer(0, pending.length)) : pending.filter(() => survival.chance(0.5))
}

function contentAfter(content: Content, survival: Survival): Buffer {
  let bytes = content.synced
  for (const event of surviving(content.pending, survival, 'any')) {
    const length = event.kind === 'truncate' ? event.length : Math.max(bytes.length, event.offset + event.data.length)
    const next = Buffer.alloc(length)
    bytes.copy(next)
    if (event.kind === 'write') event.data.copy(next, event.offset)
    bytes = next
  }
  return bytes
}
