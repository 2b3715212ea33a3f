import { existsSync, readFileSync } from 'node:fs'
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

/** The DDL after all migrations. */
export function structureSql(): string {
  return readFileSync(join(repositoryRoot, 'prisma', 'structure.sql'), 'utf8')
}

/** The version that a deploy leads to. */
export function newestVersion(): number {
  return Number(/^-- version: (\d+)$/m.exec(structureSql())?.[1])
}
