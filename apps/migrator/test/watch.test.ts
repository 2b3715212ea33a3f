import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createLegacyDatabase, repositoryRoot, type ScratchFolder, scratchFolder, startWriter } from '@trivia/testkit'
import { expect, test } from 'vitest'
import { collectFacts } from '../src/metrics/collect.ts'
import { ago } from '../src/watch/ago.ts'
import { frame } from '../src/watch/frame.ts'
import { bar, sparkline } from '../src/watch/graph.ts'
import { renderLine } from '../src/watch/line.ts'
import { deploy, execute, value } from './deploying.ts'
import { deployedDatabase } from './deployed.ts'
import { failedDeploy, fineDeploy, hostileDeploy } from './report-documents.ts'

const SCRIPT = new URL('./watching.script.ts', import.meta.url).pathname

const base = deployedDatabase()

function copyOf(folder: ScratchFolder): string {
  const database = base.copyTo(folder)
  execute(database, 'PRAGMA journal_mode = WAL')
  return database
}

/** A watch in a process of its own. */
function startWatch(command: string, args: readonly string[], env: Record<string, string> = {}): { text: () => string; child: ReturnType<typeof spawn>; ended: Promise<number | null> } {
  let text = ''
  const child = spawn(command, args, { env: { PATH: process.env.PATH, TERM: 'xterm-256color', ...env }, stdio: ['pipe', 'pipe', 'pipe'] })
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  return { text: () => text, child, ended: new Promise((resolve) => child.once('close', resolve)) }
}

/** What a frame is without colours, for a terminal of some width. */
function plainFrame(view: Parameters<typeof frame>[0], width = 200): string {
  return frame(view, '/').map((line) => renderLine(line, width, (_, text) => text).trimEnd()).join('\n')
}

test('sparklines, bars and ages', () => {
  expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], 40)).toBe('▁▂▃▄▅▆▇█')
  expect(sparkline([5, 5, 5], 40)).toBe('▁▁▁')
  expect(sparkline([9, 0, 7], 2)).toBe('▁█')
  expect(sparkline([], 5)).toBe('')
  expect([bar(0, 4), bar(1, 4), bar(0.5, 4), bar(0.001, 4), bar(7, 4)]).toEqual(['    ', '████', '██  ', '▏   ', '████'])
  const now = new Date('2026-11-24T12:00:00Z')
  expect(['2026-11-24T11:59:48Z', '2026-11-24T11:57:00Z', '2026-11-24T07:00:00Z', '2026-11-20T12:00:00Z', '2026-11-25T00:00:00Z'].map((then) => ago(new Date(then), now))).toEqual(['12 s', '3 min', '5 h', '4 days', '0 s'])
})

test('a line is cut where the terminal ends, and nothing in it moves the cursor or turns the text round', () => {
  const marked = (_: unknown, text: string): string => `<${text}>`
  expect(renderLine([{ text: 'abc' }, { text: 'defgh', style: 'red' }], 6, marked)).toBe('abc<de…>')
  expect(renderLine([{ text: 'abcdef' }, { text: 'ghi', style: 'red' }], 6, marked)).toBe('abcdef')
  expect(renderLine([{ text: 'a\x1b[2Jb\nc\u202ed', style: 'red' }], 40, marked)).toBe('<a?[2Jb?c?d>')
})

test('a frame tells of the file, its backups, the last deploy and the queries', () => {
  using folder = scratchFolder()
  const database = copyOf(folder)
  const settings = { database, backupDir: folder.file('backups'), prismaDir: `${repositoryRoot}/prisma` }
  const now = new Date('2026-11-24T12:00:00Z')
  const facts = {
    ...collectFacts(settings, now, 10_000),
    backups: [{ type: 'daily', number: 7, createdAt: new Date('2026-11-24T03:00:00Z'), bytes: 1 }] as const,
    diskProblem: { what: 'W.', why: 'It takes 9 MB.', next: 'N.' }, undeliveredAlerts: 2,
  }
  const sizes = [0, 1, 2, 3].map((day) => ({ at: new Date(Date.UTC(2026, 10, 20 + day)), bytes: day * 1000, walBytes: 0 }))
  const text = plainFrame({ facts, sizes, deploy: fineDeploy(database), deploying: true })
  for (const part of ['trivia.db', 'version ', 'a deploy is running', 'does not fit', '2 alerts not delivered', '▁▃▆█', 'daily 9 h (7)', 'restore tried never', 'last deploy', 'writers held', 'verify', 'slowest', ' ms']) expect(text).toContain(part)
  expect(plainFrame({ facts, sizes, deploy: failedDeploy(database), deploying: false })).toContain('(ROWS_NOT_PRESERVED)')
  const narrow = plainFrame({ facts, sizes, deploy: hostileDeploy(database), deploying: false }, 60)
  for (const line of narrow.split('\n')) {
    expect(Array.from(line).length).toBeLessThanOrEqual(60)
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  }
  const missing = collectFacts({ ...settings, database: folder.file('none.db') }, now, 10_000)
  expect(plainFrame({ facts: missing, sizes: [], deploy: null, deploying: false })).toContain('does not exist yet')
  expect(existsSync(folder.file('none.db'))).toBe(false)
})

test.skipIf(!existsSync('/usr/bin/script'))('on a terminal it draws over itself, ends with Ctrl-C and 0, and gives the terminal back', async () => {
  using folder = scratchFolder()
  const database = copyOf(folder)
  const watch = startWatch('script', ['-qec', `stty rows 12 cols 60; exec '${process.execPath}' '${SCRIPT}' '${database}' 0.3`, '/dev/null'], { NO_COLOR: '1' })
  await expect.poll(() => watch.text().split('\x1b[H').length, { timeout: 20_000 }).toBeGreaterThan(3)
  watch.child.stdin?.write('\x03')
  expect(await watch.ended).toBe(0)
  const [before = '', ...frames] = watch.text().split('\x1b[H')
  expect(before).toContain('\x1b[?1049h\x1b[?25l')
  const [last = '', after = ''] = (frames.pop() ?? '').split('\x1b[?1049l')
  expect(last).toContain('\x1b[?25h')
  expect(after).toContain('trivia.db')
  for (const each of frames) {
    // The frame fits, so the terminal never scrolls; it is never emptied; and there is no colour.
    const lines = each.split('\x1b[J')[0]!.split('\r\n')
    expect(lines.length).toBeLessThanOrEqual(12)
    for (const line of lines) expect(Array.from(line.replaceAll(/\x1b\[[?\d]*[A-Za-z]|[\r\n]/g, '')).length).toBeLessThanOrEqual(60)
    expect(each).not.toContain('\x1b[2J')
    expect(each).not.toMatch(/\x1b\[\d+m/)
  }
})

test('in a pipe it prints one block after the other, or a line of JSON; it ends when nobody reads', async () => {
  using folder = scratchFolder()
  const database = copyOf(folder)
  const watch = startWatch(process.execPath, [SCRIPT, database, '0.2'])
  await expect.poll(() => watch.text().split('slowest').length, { timeout: 20_000 }).toBeGreaterThan(3)
  expect(watch.text()).not.toContain('\x1b')
  watch.child.kill('SIGTERM')
  expect(await watch.ended).toBe(0)

  const machine = startWatch('sh', ['-c', `'${process.execPath}' '${SCRIPT}' '${database}' 0.2 json | head -n 2`])
  expect(await machine.ended).toBe(0)
  const looks = machine.text().trim().split('\n').map((line) => JSON.parse(line) as { database: string; file: { pages: number } })
  expect(looks).toHaveLength(2)
  expect(looks[1]).toMatchObject({ database, deploying: false, file: { pages: expect.any(Number) as number } })
})

test('a deploy beside a watch that looks all the time is deployed in one round, and writers write', async () => {
  using folder = scratchFolder()
  const { path } = createLegacyDatabase(folder.file('trivia.db'), { journalMode: 'delete' })
  const watch = startWatch(process.execPath, [SCRIPT, path, '0.02', 'json'])
  await expect.poll(() => watch.text().length, { timeout: 20_000 }).toBeGreaterThan(0)
  expect(await deploy(path)).toMatchObject({ outcome: 'deployed', rounds: 1 })
  const writer = await startWriter(path, BigInt(String(value(path, 'SELECT CAST(min(user_id) AS TEXT) FROM users'))), { everyMs: 20 })
  await new Promise((resolve) => setTimeout(resolve, 700))
  const { acknowledged, errors } = await writer.stop()
  expect({ errors, some: acknowledged > 5 }).toEqual({ errors: [], some: true })
  watch.child.kill('SIGINT')
  expect(await watch.ended).toBe(0)
  const versions = new Set(watch.text().trim().split('\n').map((line) => (JSON.parse(line) as { file: { schemaVersion: number } | null }).file?.schemaVersion))
  expect(versions.has(1)).toBe(true)
  expect(versions.size).toBeGreaterThan(1)
})
