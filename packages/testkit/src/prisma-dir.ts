import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from './repository.ts'

/** Copies the repository's prisma/ folder, so that a test can add migrations to it. Returns the copy's path. */
export function copyPrismaDir(to: string): string {
  cpSync(join(repositoryRoot, 'prisma'), to, { recursive: true })
  return to
}

/**
 * Adds a migration to a copy of the folder. Returns the migration's folder.
 *
 * @param name such as 20300101000000_more_points; migrations are taken in the order of their names
 * @param preserve what goes into preserve.json; without it there is none
 */
export function addMigration(prismaDir: string, name: string, sql: string, preserve?: object): string {
  const folder = join(prismaDir, 'migrations', name)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'migration.sql'), sql)
  if (preserve !== undefined) writeFileSync(join(folder, 'preserve.json'), `${JSON.stringify(preserve, null, 2)}\n`)
  return folder
}
