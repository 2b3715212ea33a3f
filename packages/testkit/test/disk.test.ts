import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, describe, expect, test } from 'vitest'
import { compileDiskFaults, countedCalls, databaseFiles, type DiskFault, diskFaultEnvironment, readDiskLog, scratchFolder, UncertainDisk } from '../src/index.ts'

const folder = scratchFolder()
afterAll(() => folder.remove())
const library = compileDiskFaults(folder.path)

describe.skipIf(library.path === null)(`a failing disk${library.missing === null ? '' : ` (skipped: ${library.missing})`}`, () => {
  /** A process of its own, because the library has to be there from its beginning. */
  function writing(script: string, fault: DiskFault): { status: number | null; signal: string | null; stderr: string } {
    const env = { ...process.env, ...diskFaultEnvironment(library.path ?? '', fault) }
    return spawnSync('setsid', ['--wait', process.execPath, '--input-type=module', '-e', script], { env, encoding: 'utf8', cwd: import.meta.dirname })
  }
  const file = folder.file('a.txt')
  const script = `import fs from 'node:fs'; const f = fs.openSync(${JSON.stringify(file)}, 'w'); fs.writeSync(f, 'one '); fs.writeSync(f, 'two '); fs.fsyncSync(f); fs.writeSync(f, 'three'); fs.closeSync(f)`

  test('counts calls', () => {
    const counter = folder.file('count-1')
    expect(writing(script, { paths: [file], counter }).status).toBe(0)
    expect(countedCalls(counter)).toBe(4)
    expect(readFileSync(file, 'utf8')).toBe('one two three')
  })

  test.each([[2, 'ENOSPC', 'one '], [3, 'EIO', 'one two ']] as const)('lets call %i fail with %s', (at, action, left) => {
    const { status, stderr } = writing(script, { paths: [`${folder.path}/*.txt`], counter: folder.file(`count-${action}`), at, action })
    expect(status).not.toBe(0)
    expect(stderr).toContain(action)
    expect(readFileSync(file, 'utf8')).toBe(left)
  })

  test.each([['kill', 'one two '], ['torn', 'one two th']] as const)('kills (%s)', (action, left) => {
    const { status } = writing(script, { paths: [file], counter: folder.file(`count-${action}`), at: 4, action })
    expect(status).not.toBe(0)
    expect(readFileSync(file, 'utf8')).toBe(left)
  })

  test('knows what a power loss would leave', () => {
    const log = folder.file('log')
    writeFileSync(file, 'before')
    const disk = new UncertainDisk([file])
    writing(script, { paths: [file, folder.path], counter: folder.file('count-log'), log })
    for (const event of readDiskLog(log)) disk.take(event)
    expect(disk.unsynced()).toEqual([file])
    for (const [survival, left] of [['none', 'one two '], ['all', 'one two three']] as const) {
      disk.writeTo(folder.file(survival), folder.path, survival)
      expect(readFileSync(join(folder.file(survival), 'a.txt'), 'utf8')).toBe(left)
    }
  })

  test("follows SQLite's own files", () => {
    const path = folder.file('a.db')
    new Sqlite(path).exec('CREATE TABLE t (a); INSERT INTO t VALUES (1)').close()
    const disk = new UncertainDisk(databaseFiles(path))
    const log = folder.file('db-log')
    const write = `import Sqlite from 'better-sqlite3'; const d = new Sqlite(${JSON.stringify(path)}); d.exec('UPDATE t SET a = 2'); d.close()`
    expect(writing(write, { paths: [...databaseFiles(path), folder.path], counter: folder.file('count-db'), log })).toMatchObject({ status: 0 })
    for (const event of readDiskLog(log)) disk.take(event)
    disk.writeTo(folder.file('db'), folder.path, 'all')
    const after = new Sqlite(join(folder.file('db'), 'a.db'))
    expect(after.prepare('SELECT a FROM t').pluck().get()).toBe(2)
    after.close()
    expect(existsSync(join(folder.file('db'), 'a.db-journal'))).toBe(false)
  })
})
