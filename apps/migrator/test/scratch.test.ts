import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, copyFileSync, mkdirSync, openSync, readdirSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { recordDeletion } from '@trivia/database/deletions'
import { createLegacyDatabase, type ScratchFolder, scratchFolder } from '@trivia/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openScratch, removeAbandoned } from '../src/backups/scratch.ts'
import { backup } from '../src/commands/backup.ts'
import { backupDrill } from '../src/commands/backup-drill.ts'
import { backupPrune } from '../src/commands/backup-prune.ts'
import type { CommandResult } from '../src/commands/command.ts'
import { recover } from '../src/commands/recover.ts'
import { restore } from '../src/commands/restore.ts'
import { scheduleRun } from '../src/commands/schedule-run.ts'
import { makeBase, type Place, placeOf, placeWith } from './backing-up.ts'
import { column } from './deploying.ts'

let base: ScratchFolder
beforeAll(async () => {
  base = await makeBase()
})
afterAll(() => base.remove())

/** What a look into the backups' folder finds beside backups and locks that stay. */
const leftIn = (place: Place): string[] => readdirSync(place.backupDir).filter((name) => name.startsWith('.') && !/^\.(drill|schedule)-\w+\.lock$/.test(name))
/** A folder with something in it. */
const workIn = (place: Place): string | undefined => leftIn(place).find((name) => !name.includes('.lock') && readdirSync(join(place.backupDir, name)).length > 0)

/** Starts a command and stops it where it is when there is something in its folder. */
async function stopAtWork(place: Place, command: string): Promise<{ kill(): Promise<void> }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'backups.script.ts'), command, place.database, '2026-03-02T12:00:00.000Z'], { stdio: 'ignore' })
  const ended = once(child, 'exit')
  while (workIn(place) === undefined) {
    if (child.exitCode !== null) throw new Error(`${command} was too fast: it ended with ${child.exitCode}.`)
    await sleep(0)
  }
  child.kill('SIGSTOP')
  return {
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

function damage(place: Place): void {
  const [page] = column(place.database, "SELECT pageno FROM dbstat WHERE name = 'users' AND pagetype = 'leaf'") as number[]
  column(place.database, 'PRAGMA wal_checkpoint(TRUNCATE)')
  const file = openSync(place.database, 'r+')
  writeSync(file, Buffer.alloc(4096, 0xa5), 0, 4096, ((page ?? 0) - 1) * 4096)
  closeSync(file)
}

/** What has to be there for a command to have work to do. */
const prepared: Readonly<Record<string, (place: Place) => Promise<unknown>>> = {
  recover: async (place) => damage(place),
  restore: async (place) => {
    await backup(place.input, { type: 'daily', compress: true })
    recordDeletion(place.database, '1', Date.parse('2026-03-02T10:00:00.000Z'))
  },
  drill: (place) => backup(place.input, { type: 'daily', compress: false }),
  rehearse: async () => {},
}

const next: Readonly<Record<string, (place: Place) => Promise<CommandResult>>> = {
  recover: (place) => recover(place.input, {}),
  restore: (place) => restore(place.input, { file: undefined, latest: true }),
  'backup drill': (place) => backupDrill(place.input, { file: undefined }),
  'backup prune': (place) => backupPrune(place.input, {}),
  'schedule run': (place) => scheduleRun(place.input, {}),
}

test.for([
  ['recover', 'recover'], ['recover', 'backup prune'], ['recover', 'backup drill'], ['restore', 'restore'], ['restore', 'schedule run'], ['drill', 'backup prune'], ['drill', 'backup drill'], ['rehearse', 'schedule run'],
] as const)('what a killed %s leaves goes with the next %s', { timeout: 60_000 }, async ([killed, then]) => {
  using folder = scratchFolder()
  // A rehearsal needs something to do.
  using place = killed === 'rehearse' ? placeOf(folder, createLegacyDatabase(folder.file('trivia.db')).path, '2026-03-02T03:00:00.000Z') : placeWith(base)
  mkdirSync(place.backupDir, { recursive: true })
  if (then === 'backup drill') await backup(place.input, { type: 'manual', compress: false })
  await prepared[killed]?.(place)
  const stopped = await stopAtWork(place, killed)
  const work = workIn(place) ?? ''
  // While it lives nobody touches what is its own.
  removeAbandoned(place.backupDir)
  expect(statSync(join(place.backupDir, work)).isDirectory()).toBe(true)
  await stopped.kill()
  expect(workIn(place)).toBe(work)
  place.moveTo('2026-03-03T03:00:00.000Z')
  await next[then]!(place)
  expect(leftIn(place)).toEqual([])
})

test('of several at once each has its own, and none takes away what another one has', () => {
  using folder = scratchFolder()
  const [one, two] = [openScratch(folder.path, 'restore'), openScratch(folder.path, 'restore')]
  writeFileSync(join(one.path, 'a'), '')
  removeAbandoned(folder.path)
  expect(readdirSync(one.path)).toEqual(['a'])
  one[Symbol.dispose]()
  removeAbandoned(folder.path)
  expect(readdirSync(two.path)).toEqual([])
  two[Symbol.dispose]()
  expect(readdirSync(folder.path)).toEqual([])
  // What only looks like one is left alone.
  copyFileSync(import.meta.filename, folder.file('.scratch-notes.txt'))
  removeAbandoned(folder.path)
  expect(readdirSync(folder.path)).toEqual(['.scratch-notes.txt'])
})
