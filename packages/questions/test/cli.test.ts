import { repositoryRoot, scratchFolder } from '@trivia/testkit'
import Sqlite from 'better-sqlite3'
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { callerFolder, databasePath } from '../src/cli/places.ts'
import { newDatabase, rowsOf } from './database.ts'

const ENTRY = join(repositoryRoot, 'packages', 'questions', 'bin', 'questions.js')

function run(args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [ENTRY, ...args], { cwd, env: { PATH: process.env.PATH ?? '', HOME: cwd, ...env }, encoding: 'utf8', maxBuffer: 1 << 28 })
  return { code: status, out: stdout, err: stderr }
}

const CSV = 'question,correct_answer,options\nOne?,a,a|b\nTwo?,z,a|b\nThree?,b,a|b\nOne?,A,A|b\n'

describe('import', () => {
  test('one document of JSON, and nothing changes the second time', () => {
    using folder = scratchFolder()
    const database = newDatabase(folder.file('trivia.db'))
    writeFileSync(folder.file('q.csv'), CSV)
    const first = run(['import', 'q.csv', '--json'], folder.path, { DATABASE_PATH: database })
    expect([first.code, first.err]).toEqual([0, ''])
    expect(JSON.parse(first.out)).toMatchObject({ read: 4, imported: 2, duplicates: 1, rejected: [{ file: 'q.csv', line: 3, reason: 'the answer "z" is none of the options' }] })
    const before = rowsOf(database, 'SELECT * FROM questions')
    expect(JSON.parse(run(['import', 'q.csv', '--json'], folder.path, { DATABASE_URL: 'file:trivia.db' }).out)).toMatchObject({ read: 4, imported: 0, duplicates: 3 })
    expect(rowsOf(database, 'SELECT * FROM questions')).toEqual(before)
  })

  test('for people: what was left out, and where', () => {
    using folder = scratchFolder()
    newDatabase(folder.file('trivia.db'))
    writeFileSync(folder.file('q.csv'), CSV)
    const { code, out } = run(['import', 'q.csv', '--database', 'trivia.db', '--format', 'opentdb-csv'], folder.path)
    expect(code).toBe(0)
    expect(out).toContain('2 of 4 questions imported, 1 there already, 1 left out')
    expect(out).toContain('q.csv:3: the answer "z" is none of the options')
  })

  test('from a script of pnpm, paths start where the caller stands', () => {
    using folder = scratchFolder()
    newDatabase(folder.file('trivia.db'))
    writeFileSync(folder.file('q.csv'), CSV)
    const { code } = run(['import', '--', 'q.csv', '--database', 'trivia.db'], join(repositoryRoot, 'packages', 'questions'), { INIT_CWD: folder.path })
    expect(code).toBe(0)
    expect(callerFolder({ INIT_CWD: '/a' }, '/b')).toBe('/b')
    expect(callerFolder({ INIT_CWD: '/a', npm_lifecycle_event: 'questions' }, repositoryRoot)).toBe('/a')
  })

  test.each<[string, number, readonly string[], Readonly<Record<string, string>>?]>([
    ['FILE_MISSING', 3, ['import', 'none.csv', '--database', 'trivia.db']],
    ['NOT_A_FILE', 3, ['import', '.', '--database', 'trivia.db']],
    ['DATABASE_MISSING', 3, ['import', 'q.csv', '--database', 'none.db']],
    ['DATABASE_BROKEN', 3, ['import', 'q.csv', '--database', 'q.csv']],
    ['SCHEMA_TOO_OLD', 3, ['import', 'q.csv', '--database', 'old.db']],
    ['NOTHING_TO_IMPORT', 3, ['import', 'prose', '--database', 'trivia.db']],
    ['DATABASE_BUSY', 3, ['import', 'q.csv', '--database', 'busy.db']],
    ['DATABASE_URL_UNSUPPORTED', 2, ['import', 'q.csv'], { DATABASE_URL: 'postgres://x' }],
    ['DATABASE_AMBIGUOUS', 2, ['import', 'q.csv'], { DATABASE_URL: 'file:a.db', DATABASE_PATH: 'b.db' }],
    ['WRONG_USAGE', 2, ['import']],
    ['WRONG_USAGE', 2, ['import', 'q.csv', '--format', 'xml']],
    ['WRONG_USAGE', 2, ['improt']],
  ])('%s', (expected, code, args, env = {}) => {
    using folder = scratchFolder()
    newDatabase(folder.file('trivia.db'))
    const old = new Sqlite(folder.file('old.db'))
    old.exec('CREATE TABLE schema_version (version INTEGER); INSERT INTO schema_version VALUES (1)')
    old.close()
    writeFileSync(folder.file('q.csv'), CSV)
    writeFileSync(folder.file('prose'), 'Only prose.\n')
    const busy = expected === 'DATABASE_BUSY' ? new Sqlite(newDatabase(folder.file('busy.db'))) : null
    busy?.exec('BEGIN IMMEDIATE')
    const result = run([...args, '--json'], folder.path, env)
    busy?.close()
    expect(result.code).toBe(code)
    expect(JSON.parse(result.out)).toMatchObject({ error: { code: expected } })
    expect(result.err).toMatch(new RegExp(`^${expected}: .+\n  Why:  .+\n  Next: .+`))
  })
})

test('an export to a file and to stdout is the same, and replaces nothing unasked', () => {
  using folder = scratchFolder()
  newDatabase(folder.file('trivia.db'))
  writeFileSync(folder.file('q.csv'), CSV)
  run(['import', 'q.csv', '--database', 'trivia.db'], folder.path)
  expect(JSON.parse(run(['export', 'out.yaml', '--database', 'trivia.db', '--json'], folder.path).out)).toMatchObject({ exported: 2 })
  expect(run(['export', '--database', 'trivia.db'], folder.path).out).toBe(readFileSync(folder.file('out.yaml'), 'utf8'))
  expect(run(['export', 'out.yaml', '--database', 'trivia.db'], folder.path)).toMatchObject({ code: 3 })
  expect(run(['export', 'out.yaml', '--database', 'trivia.db', '--force'], folder.path)).toMatchObject({ code: 0 })
  expect(run(['check', 'out.yaml'], folder.path)).toMatchObject({ code: 0 })
})

test('check: the starter pack, a file, a file by the rules of a pack', () => {
  using folder = scratchFolder()
  writeFileSync(folder.file('q.csv'), CSV)
  expect(run(['check'], folder.path)).toMatchObject({ code: 0, err: '' })
  expect(run(['check', 'q.csv'], folder.path)).toMatchObject({ code: 3 })
  expect(JSON.parse(run(['check', 'q.csv', '--strict', '--json'], folder.path).out)).toMatchObject({ questions: 3, error: { code: 'CHECK_FAILED' } })
  expect(run(['--help'], folder.path)).toMatchObject({ code: 0, err: '' })
})

test('where the database is', () => {
  expect(databasePath('a b.db', {}, '/x')).toBe('/x/a b.db')
  expect(databasePath('file:a%20b.db', {}, '/x')).toBe('/x/a b.db')
  expect(databasePath(undefined, { DATABASE_URL: 'file:///y/t.db?mode=rw' }, '/x')).toBe('/y/t.db')
  expect(databasePath(undefined, {}, '/x')).toBe(join(repositoryRoot, 'data', 'trivia.db'))
})
