import { readdirSync, readFileSync } from 'node:fs'
import { createSandbox, type SandboxUser } from '@trivia/discord-sandbox'
import { addMigration, copyPrismaDir, runMigrator, scratchFolder, startOpenTransaction } from '@trivia/testkit'
import Sqlite from 'better-sqlite3'
import { afterEach, expect, test } from 'vitest'
import { createAdoptedDatabase, questions, stage } from '../bot-on-sandbox.ts'
import { startChildBot } from '../child-bot.ts'

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

const startsWith = (text: string) => (label: string): boolean => label.startsWith(text)
const openQuestion = (user: SandboxUser) => user.messages().findLast(({ buttons, deleted }) => !deleted && buttons.some(startsWith('Right')) && !buttons.includes('Report question'))
const linesOf = (user: SandboxUser): string[] => user.messages().map(({ content }) => content).filter((content) => /updated|aktualisiert|worked on|gearbeitet/.test(content))

/** What `migrator report --json` says of the newest deploy. */
interface Report {
  readonly outcome: string
  readonly quietPause: { readonly ms: number } | null
  readonly bot: { readonly games: number; readonly queries: { readonly count: number; readonly failed: readonly unknown[] } } | null
}

async function report(database: string): Promise<Report> {
  const run = await runMigrator(['report', '--database', database, '--json'])
  expect(run.exitCode, run.stdout + run.stderr).toBe(0)
  return JSON.parse(run.stdout) as Report
}

test('a deploy under ten running games: every answer is a row, each channel is told once, and the report has the measured pause', async () => {
  const folder = scratchFolder()
  const path = folder.file('trivia.db')
  await createAdoptedDatabase(path, questions(60))
  const sandbox = await createSandbox()
  cleanUps.push(() => folder.remove(), () => sandbox.close())
  const bot = startChildBot({ DISCORD_TOKEN: sandbox.token, DISCORD_API_URL: sandbox.url, DATABASE_PATH: path, METRICS_PORT: '0' })
  cleanUps.push(() => bot.end('SIGKILL'))
  await bot.logged('commands are registered')

  const channels = [sandbox.channel, ...Array.from({ length: 9 }, (_, index) => sandbox.addChannel(sandbox.guild, `game-${index}`))]
  const hosts = channels.map((channel, index) => sandbox.user(`Host ${index}`, index % 2 === 0 ? {} : { locale: 'de' }).in(channel))
  for (const host of hosts) expect((await host.slash('/trivia play', { rounds: 20 })).error).toBeUndefined()

  let acknowledged = 0
  let failures = 0
  let deploying = true
  const playing = hosts.map(async (host, game) => {
    for (let player = 0; deploying; player += 1) {
      const question = openQuestion(host)
      const wrong = question?.buttons.find(startsWith('Wrong'))
      if (question === undefined || wrong === undefined) {
        await new Promise((resolve) => setTimeout(resolve, 50))
        continue
      }
      const answer = await sandbox.user(`P${game}-${player}`).in(channels[game]!).click(question, wrong).catch(() => undefined)
      // The question was over just then; without a wait nothing else would get its turn.
      if (answer === undefined) {
        await new Promise((resolve) => setTimeout(resolve, 20))
        continue
      }
      if (answer.error !== undefined) failures += 1
      if (answer.kind === 'update') await sandbox.until(() => answer.followups.length > 0, 60_000)
      const said = (answer.kind === 'update' ? answer.followups[0] : answer.message)?.content ?? ''
      if (said.includes('Your answer is in')) acknowledged += 1
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  })
  const prisma = copyPrismaDir(folder.file('prisma'))
  addMigration(prisma, '20300101000000_index', 'CREATE INDEX idx_answers_time ON answers (answered_at);')
  const deploy = await runMigrator(['deploy', '--database', path, '--prisma-dir', prisma, '--json'])
  expect(deploy.exitCode, deploy.stdout).toBe(0)
  const line = await bot.logged('the database was deployed: all smoke queries answer')
  deploying = false
  await Promise.all(playing)

  const database = new Sqlite(path, { readonly: true })
  cleanUps.push(() => database.close())
  expect(failures).toBe(0)
  expect(acknowledged).toBeGreaterThan(20)
  expect(database.prepare('SELECT count(*) FROM answers').pluck().get()).toBe(acknowledged)
  await sandbox.until(() => hosts.every((host) => linesOf(host).length > 0), 10_000)
  expect(hosts.map((host) => linesOf(host).length)).toEqual(hosts.map(() => 1))

  // Writers were held: the bot has measured it, and the migrator tells it, which has been told the same by its own clock.
  const { outcome, quietPause, bot: seen } = await report(path)
  expect(outcome).toBe('deployed')
  expect(quietPause?.ms).toBe(line['pauseMs'])
  expect(quietPause?.ms).toBeGreaterThan(0)
  expect(seen?.queries.failed).toEqual([])
  expect(seen?.queries.count).toBeGreaterThan(20)
  expect(seen?.games).toBe(10)
  const metrics = await (await fetch(`${String((await bot.logged('/healthz and /metrics are there'))['address'])}/metrics`)).text()
  expect(metrics).toContain('trivia_deploys_seen_total 1')
  expect(metrics).toContain('trivia_smoke_queries{result="failed"} 0')
  expect(metrics).toContain(`trivia_deploy_pause_seconds ${quietPause!.ms / 1000}`)
  const [page] = readdirSync(folder.file('reports')).filter((name) => name.endsWith('.html')).sort().slice(-1)
  expect(readFileSync(folder.file('reports', page!), 'utf8')).toContain('The running bot')
  console.log(`a deploy under ten running games: answers waited for ${quietPause?.ms} ms at most, ${acknowledged} answers`)
}, 120_000)

test('a long wait is told while it lasts, once for each game, and answers count from when they were given', async () => {
  await using play = await stage(questions(3))
  const { sandbox } = play
  const ada = sandbox.user('Ada')
  const { message } = await ada.slash('/trivia play', {})
  const holder = await startOpenTransaction(play.path, 'immediate')
  try {
    const click = sandbox.user('Bob').click(message!, message!.buttons.find(startsWith('Right'))!)
    await sandbox.until(() => linesOf(ada).length > 0, 10_000)
    expect((await click).error).toBeUndefined()
    // Past the deadline of the question, though the click was made before it.
    sandbox.advance(35_000)
    await new Promise((resolve) => setTimeout(resolve, 2_500))
  } finally {
    await holder.stop()
  }
  await expect.poll(() => play.rows('SELECT is_correct AS right FROM answers'), { timeout: 10_000 }).toEqual([{ right: 1 }])
  expect(linesOf(ada)).toEqual([expect.stringContaining('worked on')])
})

test('an answer in time counts although another game became due while everybody waited', async () => {
  await using play = await stage(questions(6))
  const { sandbox } = play
  await sandbox.user('Eve').in(sandbox.addChannel(sandbox.guild, 'other')).slash('/trivia play', {})
  sandbox.advance(15_000)
  const { message } = await sandbox.user('Ada').slash('/trivia play', {})
  await expect.poll(() => play.rows<{ posted: number }>("SELECT count(*) AS posted FROM running_games WHERE step = 'open'")).toEqual([{ posted: 2 }])
  const [round] = play.rows<{ deadline: string }>('SELECT deadline FROM game_rounds ORDER BY id DESC')
  const holder = await startOpenTransaction(play.path, 'immediate')
  try {
    sandbox.advance(Date.parse(round!.deadline) - 4_000 - sandbox.clock.now())
    // Long enough for the bot to see that Eve's question is over, and to wait for the lock with that.
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    expect((await sandbox.user('Bob').click(message!, message!.buttons.find(startsWith('Right'))!)).error).toBeUndefined()
    // The question's time runs out, with what is added for clicks that are late.
    await new Promise((resolve) => setTimeout(resolve, Date.parse(round!.deadline) + 2_000 - sandbox.clock.now()))
  } finally {
    await holder.stop()
  }
  await expect.poll(() => play.rows('SELECT is_correct AS right FROM answers'), { timeout: 10_000 }).toEqual([{ right: 1 }])
})

test.for(['user_achievements', 'weekly_rankings', 'users'])('new content that does not answer is said: without %s', async (table) => {
  await using play = await stage(questions(3))
  const database = new Sqlite(play.path)
  database.exec(`CREATE TABLE _prisma_migrations (id TEXT PRIMARY KEY, migration_name TEXT, finished_at DATETIME);
    INSERT INTO _prisma_migrations VALUES ('1', 'breaks', 1); ALTER TABLE ${table} RENAME TO gone`)
  database.close()
  const reports = play.folder.file('reports')
  await expect.poll(() => readdirSync(play.folder.path).includes('reports') && readdirSync(reports).length, { timeout: 10_000 }).toBe(1)
  const account = JSON.parse(readFileSync(play.folder.file('reports', readdirSync(reports)[0]!), 'utf8')) as { queries: { count: number; failed: { name: string; error: string }[] } }
  expect(JSON.stringify(account.queries.failed)).toContain(`no such table: ${table}`)
  expect(account.queries.failed.length).toBeLessThan(account.queries.count)
})
