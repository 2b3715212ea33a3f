import { createSandbox, type SandboxUser } from '@trivia/discord-sandbox'
import { type BenchRow, quantile, scratchFolder } from '@trivia/testkit'
import Sqlite from 'better-sqlite3'
import { createDatabase, questions } from '../test/bot-on-sandbox.ts'
import { startChild } from './child.ts'

const IN_FLIGHT = 200
const CHANNELS = 20
const PLAYERS = 200
const REPEATS = 2

/** Answers per second and time to the first answer, 200 in flight: the bot beside one with an empty handler. */
export async function benchAnswers(): Promise<BenchRow[]> {
  const measured: Record<'empty' | 'trivia', Run[]> = { empty: [], trivia: [] }
  // Side by side, in turns, so that a busy moment of the machine does not fall on one of them only.
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    for (const kind of ['empty', 'trivia'] as const) measured[kind].push(await run(kind))
  }
  const best = (runs: readonly Run[]): Run => runs.reduce((one, other) => (other.perSecond > one.perSecond ? other : one))
  const [empty, trivia] = [best(measured.empty), best(measured.trivia)]
  return [
    { what: `answers per second, ${IN_FLIGHT} in flight`, ours: trivia.perSecond, reference: empty.perSecond, of: 'a bot with an empty handler', unit: '/s' },
    { what: 'time to first answer, median', ours: trivia.median, reference: empty.median, of: 'a bot with an empty handler', unit: 'ms' },
    { what: 'time to first answer, p99', ours: trivia.p99, reference: empty.p99, of: 'a bot with an empty handler', unit: 'ms' },
  ]
}

interface Run {
  readonly perSecond: number
  readonly median: number
  readonly p99: number
}

async function run(kind: 'empty' | 'trivia'): Promise<Run> {
  using folder = scratchFolder()
  const path = folder.file('trivia.db')
  createDatabase(path, questions(200))
  await using sandbox = await createSandbox()
  const database = new Sqlite(path)
  database.exec(`INSERT INTO guilds (guild_id, time_limit) VALUES (${sandbox.guild.id}, 300)`)
  database.close()
  await using bot = await startChild(kind, { DISCORD_TOKEN: sandbox.token, DISCORD_API_URL: sandbox.url, DATABASE_PATH: path })
  await bot.ready
  const channels = [sandbox.channel, ...Array.from({ length: CHANNELS - 1 }, (_, index) => sandbox.addChannel(sandbox.guild, `bench-${index}`))]
  const boards = await Promise.all(channels.map(async (channel, index) => {
    const { message } = await sandbox.user(`Host ${index}`).in(channel).slash('/trivia play')
    if (message === undefined) throw new Error('no question')
    return { channel, message }
  }))
  const players = Array.from({ length: PLAYERS }, (_, index) => sandbox.user(`Player ${index}`))
  const clicks = boards.flatMap(({ channel, message }) => {
    const label = message.buttons.find((each) => each.startsWith('Wrong')) ?? message.buttons[0] ?? ''
    return players.map((player) => ({ player: player.in(channel), message, label }))
  })
  const warm = clicks.splice(0, 400)
  await inFlight(warm, IN_FLIGHT, click)
  const times: number[] = []
  const began = performance.now()
  await inFlight(clicks, IN_FLIGHT, async (each) => {
    const clicked = performance.now()
    await click(each)
    times.push(performance.now() - clicked)
  })
  const seconds = (performance.now() - began) / 1000
  if (kind === 'trivia') {
    const check = new Sqlite(path, { readonly: true })
    const recorded = check.prepare('SELECT count(*) FROM answers').pluck().get() as number
    check.close()
    if (recorded !== clicks.length + warm.length) throw new Error(`${recorded} of ${clicks.length + warm.length} answers were recorded.`)
  }
  return { perSecond: clicks.length / seconds, median: quantile(times, 0.5), p99: quantile(times, 0.99) }
}

async function click({ player, message, label }: { player: SandboxUser; message: Parameters<SandboxUser['click']>[0]; label: string }): Promise<void> {
  const { error } = await player.click(message, label)
  if (error !== undefined) throw new Error(error)
}

async function inFlight<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values()
  await Promise.all(Array.from({ length: width }, async () => {
    for (const item of queue) await work(item)
  }))
}
