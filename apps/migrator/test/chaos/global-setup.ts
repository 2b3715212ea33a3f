import { cpSync } from 'node:fs'
import { compileDiskFaults, databaseHash, runMigrator, scratchFolder, volatileColumns } from '@trivia/testkit'
import type { TestProject } from 'vitest/node'
import { createGroundDatabase, journalModes } from './ground.ts'

/** One deploy that nothing disturbs tells what the others have to come to. */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = scratchFolder('trivia-chaos-')
  for (const mode of journalModes) createGroundDatabase(folder.file(`${mode}.db`), mode)
  const database = folder.file('deployed.db')
  cpSync(folder.file('wal.db'), database)
  const oldContent = databaseHash(database, { ignore: volatileColumns })
  const start = performance.now()
  const run = await runMigrator(['deploy', '--json', '--database', database])
  const deployMs = performance.now() - start
  const { backups: { post } } = run.deployJson()
  if (run.exitCode !== 0 || post === null) throw new Error(`The undisturbed deploy failed:\n${run.stdout}${run.stderr}`)
  project.provide('ground', {
    folder: folder.path,
    oldContent,
    newContent: databaseHash(database, { ignore: volatileColumns }),
    deployMs,
    candidate: post,
    diskFaults: compileDiskFaults(folder.path),
  })
  return () => folder.remove()
}
