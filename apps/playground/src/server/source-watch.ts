import { existsSync, type FSWatcher, readdirSync, watch } from 'node:fs'
import { join } from 'node:path'
import { repository } from './locations.ts'

/** What a change is about. */
export type Changed = 'bot' | 'sandbox' | 'schema' | 'migrations'

/** Editors write a file in several steps. */
const SETTLED_MS = 120
const IGNORED = /(?:^|\/)(?:node_modules|\.[^/]+|.*~|.*\.swp|\d+)$/

/** A folder, and which of its files count. */
export interface Watched {
  readonly folder: string
  readonly only?: RegExp
}

/** Calls back when something was changed in one of the folders, once for changes that come together. */
export function watchFolders<What extends string>(folders: Readonly<Record<What, readonly Watched[]>>, changed: (what: What, file: string) => void): { close: () => void } {
  const timers = new Map<What, NodeJS.Timeout>()
  const watchers: FSWatcher[] = []
  const note = (what: What, file: string): void => {
    clearTimeout(timers.get(what))
    timers.set(what, setTimeout(() => changed(what, file), SETTLED_MS))
  }
  for (const [what, watched] of Object.entries(folders) as [What, readonly Watched[]][]) {
    for (const { folder, only } of watched.filter((each) => existsSync(each.folder))) {
      const watcher = watch(folder, { recursive: true }, (_, file) => {
        if (file !== null && !IGNORED.test(file) && only?.test(file) !== false) note(what, join(folder, file))
      })
      // A folder that goes away while it is watched is no reason to end.
      watcher.on('error', () => {})
      watchers.push(watcher)
    }
  }
  return {
    close: () => {
      for (const watcher of watchers) watcher.close()
      for (const timer of timers.values()) clearTimeout(timer)
    },
  }
}

/** The repository's sources and the Prisma folder, by what has to be done after a change. */
export function sourceFolders(prismaDir: string): Record<Changed, Watched[]> {
  const packages = join(repository, 'packages')
  const isOfBot = (name: string): boolean => name !== 'discord-sandbox' && name !== 'testkit' && name !== 'schema-engine'
  return {
    bot: [join(repository, 'apps/bot/src'), ...readdirSync(packages).filter(isOfBot).map((name) => join(packages, name, 'src'))].map((folder) => ({ folder })),
    sandbox: [{ folder: join(packages, 'discord-sandbox/src') }],
    // Editors replace a file: its folder is what stays.
    schema: [{ folder: prismaDir, only: /^schema\.prisma$/ }],
    migrations: [{ folder: prismaDir, only: /^migrations\b/ }],
  }
}
