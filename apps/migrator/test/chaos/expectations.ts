import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { databaseHash, fileHash, runMigrator, volatileColumns } from '@trivia/testkit'
import { expect } from 'vitest'
import type { Ground } from './ground.ts'

export type Content = 'old' | 'new'

interface Tidiness {
  /** False after a publish by the quick way, which leaves out the check of the snapshot, and with it the manifest. */
  readonly manifestOfSnapshot?: boolean
}

/**
 * Opens the database as the bot would, and says which content it has.
 *
 * @throws when it cannot be opened, is damaged, or has any other content than that before or that after a deploy
 */
export function contentOf(database: string, ground: Pick<Ground, 'oldContent' | 'newContent'>): Content {
  const connection = new Sqlite(database, { fileMustExist: true })
  try {
    expect(connection.pragma('integrity_check', { simple: true })).toBe('ok')
  } finally {
    connection.close()
  }
  const hash = databaseHash(database, { ignore: volatileColumns, recover: true })
  expect([ground.oldContent, ground.newContent], 'the content is neither the old nor the new one').toContain(hash)
  return hash === ground.newContent ? 'new' : 'old'
}

/** A deploy that nothing disturbs: it ends well, the content is new, and nothing is left behind. */
export async function expectNextDeployFinishes(database: string, ground: Ground, tidiness: Tidiness = {}): Promise<void> {
  const run = await runMigrator(['deploy', '--json', '--database', database])
  expect(run.exitCode, run.stdout + run.stderr).toBe(0)
  expect(['deployed', 'up-to-date']).toContain(run.deployJson().outcome)
  expect(contentOf(database, ground)).toBe('new')
  expectTidy(database, tidiness)
}

/** Beside the database are only what SQLite and the lock need, backups that are finished, and reports. */
export function expectTidy(database: string, { manifestOfSnapshot = true }: Tidiness = {}): void {
  const name = basename(database)
  const allowed = new Set([name, `${name}-wal`, `${name}-shm`, `${name}.deploy-lock`, 'backups', 'reports'])
  const folder = dirname(database)
  expect(readdirSync(folder).filter((each) => !allowed.has(each)), 'left beside the database').toEqual([])
  const backupDir = join(folder, 'backups')
  if (existsSync(backupDir)) expectFinishedBackups(backupDir, manifestOfSnapshot)
}

function expectFinishedBackups(folder: string, manifestOfSnapshot: boolean): void {
  const names = readdirSync(folder).sort()
  const backups = names.filter((name) => /^trivia_(pre|post)_migration_\d{8}T\d{9}Z\.db$/.test(name))
  const described = backups.filter((name) => manifestOfSnapshot || name.includes('_post_') || names.includes(`${name}.json`))
  expect(names, 'every file of the backups is a backup or its manifest').toEqual([...backups, ...described.map((name) => `${name}.json`)].sort())
  for (const name of described) {
    const manifest = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as { sha256: string; integrity: { ok: boolean } }
    expect(manifest.integrity.ok, name).toBe(true)
    expect(manifest.sha256, name).toBe(fileHash(join(folder, name)))
  }
}
