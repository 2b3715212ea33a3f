import { copyFileSync, rmSync } from 'node:fs'
import { addMigration, scratchFolder } from '@trivia/testkit'
import { expect, test } from 'vitest'
import { listBackups } from '../src/backups/store.ts'
import type { DeployResult } from '../src/pipeline/result.ts'
import { readReport } from '../src/reports/store.ts'
import { deploy, execute } from './deploying.ts'
import { deployedDatabase } from './deployed.ts'

const base = deployedDatabase()
const BROKEN = '20300101000000_broken'

const namesIn = (database: string): string[] => listBackups(`${database.replace(/[^/]+$/, '')}backups`).map(({ name }) => name)
/** What the notes say of backups; lint has its own to say. */
const saidIn = ({ notes }: DeployResult): readonly string[] => notes.filter((note) => note.includes('trivia_pre_migration'))

test('a deploy that fails again and again keeps one backup of the same content', async () => {
  using folder = scratchFolder()
  const { database, prisma } = base.copyWithMigrations(folder)
  addMigration(prisma, BROKEN, 'DELETE FROM user_achievements;')
  const again = (): ReturnType<typeof deploy> => deploy(database, '--prisma-dir', prisma)

  const first = await again()
  expect(first).toMatchObject({ exitCode: 4, error: { code: 'ROWS_NOT_PRESERVED' } })
  expect(saidIn(first)).toEqual([])
  const kept = namesIn(database)
  expect(kept).toHaveLength(1)
  for (let round = 0; round < 2; round++) {
    const next = await again()
    expect(next).toMatchObject({ exitCode: 4, error: { code: 'ROWS_NOT_PRESERVED' }, backups: { pre: first.backups.pre } })
    expect(saidIn(next)).toEqual([expect.stringContaining(`${kept[0]!} of before is the same to the byte`)])
    expect(namesIn(database)).toEqual(kept)
    // What was found is told all the same.
    const report = readReport(next.report ?? '')
    expect(report).toMatchObject({ document: { backups: { pre: first.backups.pre }, applied: [BROKEN], sizes: { preBackup: expect.any(Number) as number } } })
  }

  // Another content, another backup; and one that has rotted is no reason to throw a good one away.
  execute(database, 'UPDATE users SET total_points = total_points + 1 WHERE rowid = (SELECT min(rowid) FROM users)')
  expect(saidIn(await again())).toEqual([])
  expect(namesIn(database)).toHaveLength(2)
  const [newest] = listBackups(folder.file('backups'))
  copyFileSync(first.backups.pre ?? '', newest!.path)
  expect(saidIn(await again())).toEqual([])
  expect(namesIn(database)).toHaveLength(3)

  // The one that publishes keeps its own, whatever the others were.
  rmSync(`${prisma}/migrations/${BROKEN}`, { recursive: true })
  addMigration(prisma, '20300101000000_fine', 'CREATE TABLE fine (id INTEGER PRIMARY KEY);')
  const done = await again()
  expect(done).toMatchObject({ exitCode: 0, outcome: 'deployed' })
  expect(namesIn(database)).toHaveLength(5)
  expect(namesIn(database)).toContain(done.backups.pre?.split('/').at(-1))
}, 120_000)
