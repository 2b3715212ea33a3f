import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The repository that this package stands in. */
export const repositoryRoot = resolve(import.meta.dirname, '../../..')

/**
 * The folder with specimens of real databases and question files, which may stand beside the repository; null
 * where it does not. Tests that use it say so when they are skipped.
 */
export function sharedDataFolder(): string | null {
  const folder = join(repositoryRoot, '..', 'shared', 'data')
  return existsSync(folder) ? folder : null
}
