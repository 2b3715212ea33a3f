import { copyPrismaDir, createLegacyDatabase, type ScratchFolder, scratchFolder } from '@trivia/testkit'
import { afterAll, beforeAll } from 'vitest'
import { deploy, execute } from './deploying.ts'

/** One deployed database for all tests of a file; each works on a copy of it. */
export interface DeployedDatabase {
  /** Copies it to `trivia.db` of a folder, or to another name there. Gives the path. */
  copyTo(folder: ScratchFolder, name?: string): string
  /** The same, with a copy of the Prisma folder beside it. */
  copyWithMigrations(folder: ScratchFolder): { database: string; prisma: string }
}

/**
 * Deploys a database of the older system before the tests of a file, and removes it after them.
 *
 * @param more SQL for what it is to have besides
 */
export function deployedDatabase(more = ''): DeployedDatabase {
  let base: ScratchFolder
  beforeAll(async () => {
    base = scratchFolder()
    const { path } = createLegacyDatabase(base.file('base.db'))
    const { outcome, error } = await deploy(path)
    if (outcome !== 'deployed') throw new Error(error?.why ?? outcome)
    execute(path, more)
  })
  afterAll(() => base.remove())
  const copyTo = (folder: ScratchFolder, name = 'trivia.db'): string => {
    execute(base.file('base.db'), `VACUUM INTO '${folder.file(name)}'`)
    return folder.file(name)
  }
  return { copyTo, copyWithMigrations: (folder) => ({ database: copyTo(folder), prisma: copyPrismaDir(folder.file('prisma')) }) }
}
