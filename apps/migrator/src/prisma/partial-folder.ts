import { cpSync, existsSync, mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Migration } from '../migrations/folder.ts'

/** Makes a folder with the first migrations only, for a Prisma that is to stop after them. Copies: it follows no links. */
export function makePartialFolder(to: string, prismaDir: string, migrations: readonly Migration[]): string {
  mkdirSync(to, { recursive: true })
  const lock = join(prismaDir, 'migrations', 'migration_lock.toml')
  if (existsSync(lock)) cpSync(lock, join(to, basename(lock)))
  for (const migration of migrations) cpSync(migration.folder, join(to, migration.name), { recursive: true })
  return to
}
