import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Migration } from '../migrations/folder.ts'

/** The TypeScript step beside a migration's SQL; null where there is none. */
export function dataStepOf({ folder }: Migration): string | null {
  const file = join(folder, 'data.ts')
  return existsSync(file) ? file : null
}
