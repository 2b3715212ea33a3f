import { type Sandbox, type SandboxUser } from '@trivia/discord-sandbox'
import { inspect } from '@trivia/database/invariants'
import { addMigration, copyPrismaDir, runMigrator, seededRandom } from '@trivia/testkit'
import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { createAdoptedDatabase, questions, stage, type TestQuestion } from '../bot-on-sandbox.ts'

const list: TestQuestion[] = [
  ...questions(120),
  ...questions(40, { difficulty: 'medium', category: 'Art' }),
  ...questions(40, { difficulty: 'hard', category: 'Space' }),
  ...Array.from({ length: 30 }, (_, index) => ({ text: `Statement ${index}.`, type: 'true_false' as const, answer: index % 2 === 0 ? 'true' : 'false' })),
  ...Array.from({ length: 30 }, (_, index) => ({ text: `The word is filling${index} ____.`, type: 'fill_blank' as const, answer: `filling ${index} words`, difficulty: 'medium' as const })),
].map((question, index) => ({ ...question, text: `${question.text} #${index}` }))
const answerTo = new Map(list.map(({ text, answer }) => [text, answer]))

type Message = ReturnType<SandboxUser['messages']>[number]

/** Points as players read them. */
const pointsSaid = (text: string): number => Number(/\+(\d[\d,]*) points?/.exec(text)?.[1]?.replaceAll(',', '') ?? 0)

test('an evening on three servers: what players were told adds up to what the database says', async () => {
  await using play = await stage([], (path) => createAdoptedDatabase(path, list), { startAt: Date.parse('2026-06-12T18:00:00Z') })
  const { sandbox } = play
  const random = seededRandom(2026)
  const before = play.rows<{ points: number }>('SELECT total(total_points) AS points FROM users')[0]?.points ?? 0
  const servers = [{ guild: sandbox.guild, channel: sandbox.channel }, sandbox.addGuild('Second'), sandbox.addGuild('Third')]
  const players = servers.map(({ channel }, server) => Array.from({ length: 10 }, (_, index) => sandbox.user(`S${server} P${index}`).in(channel)))
  const evening = new Evening(sandbox, random.next.bind(random))

  // Races on all three servers at once, of all types.
  await Promise.all(players.map((group, server) => evening.race(group, { rounds: 3, ...(server === 1 ? { type: 'true_false' } : server === 2 ? { type: 'fill_blank' } : {}) })))

  // A streak earns an achievement, which everybody sees.
  const ace = players[0]![0]!
  await evening.solo(ace, 6)
  expect(ace.messages().some(({ embeds }) => embeds[0]?.description?.includes('Hot streak') === true)).toBe(true)

  // Everybody's question of the day, at the same time.
  await Promise.all(players.flat().map((player) => evening.challenge(player, 'daily', 1)))
  expect(play.rows('SELECT count(*) AS done FROM users WHERE daily_challenge_completed = ?', '2026-06-12')).toEqual([{ done: 30 }])

  // A deploy in the middle of a race, then a restart in the middle of another.
  const prisma = copyPrismaDir(play.folder.file('prisma'))
  addMigration(prisma, '20300101000000_index', 'CREATE INDEX idx_answers_time ON answers (answered_at);')
  const race = evening.race(players[0]!, { rounds: 4 })
  const deploy = await runMigrator(['deploy', '--database', play.path, '--prisma-dir', prisma, '--json'])
  expect(deploy.exitCode, deploy.stdout).toBe(0)
  await race
  const second = evening.race(players[1]!, { rounds: 4 })
  await new Promise((resolve) => setTimeout(resolve, 300))
  await evening.hold()
  await play.restart()
  evening.holding = false
  await second

  // Weeklies, begun today and finished tomorrow.
  const weekly = players.flat().slice(0, 6)
  for (const player of weekly) await evening.challenge(player, 'weekly', 2)
  sandbox.advance(24 * 3_600_000)
  for (const player of weekly) await evening.challenge(player, 'weekly', 3)
  expect(play.rows('SELECT count(*) AS done FROM user_progress WHERE weeklies = 1')).toEqual([{ done: 6 }])
  await Promise.all(players.map((group) => evening.race(group, { rounds: 2, difficulty: 'hard' })))

  expect(evening.failures).toEqual([])
  expect(evening.told).toBeGreaterThan(1_000)
  await expect.poll(() => play.rows('SELECT count(*) AS open FROM game_sessions WHERE is_completed = 0'), { timeout: 10_000 }).toEqual([{ open: 0 }])
  const [sums] = play.rows<Record<string, number>>(`SELECT
    (SELECT total(points) FROM answers) AS answers, (SELECT total(bonus) FROM user_achievements) AS bonus,
    (SELECT total(total_points) FROM users) - ${before} AS players,
    (SELECT total(points) FROM guild_rankings WHERE period = 'all') AS servers, (SELECT total(points) FROM weekly_rankings WHERE week_start = '2026-06-08') AS week,
    (SELECT total(points) FROM monthly_rankings) AS month`)
  const all = evening.told + (sums?.bonus ?? 0)
  expect(sums).toEqual({ answers: evening.told, bonus: sums?.bonus, players: all, servers: all, week: all, month: all })
  expect(play.rows('SELECT count(*) AS twice FROM answers GROUP BY round_id, user_id HAVING count(*) > 1')).toEqual([])
  const database = new Sqlite(play.path, { readonly: true })
  expect(inspect(database).findings.filter(({ table, rule }) => table !== 'game_sessions' && rule !== 'time_format')).toEqual([])
  database.close()
}, 180_000)

/** Players who play, and keep count of what they are told. */
class Evening {
  /** The points of all "+N points" that anybody read. */
  told = 0
  readonly failures: string[] = []
  /** Nobody does anything, and the time stands still. */
  holding = false
  #inFlight = 0
  readonly #sandbox: Sandbox
  readonly #random: () => number

  constructor(sandbox: Sandbox, random: () => number) {
    this.#sandbox = sandbox
    this.#random = random
  }

  /** Waits until everybody has been answered, and lets nobody begin anything. */
  async hold(): Promise<void> {
    this.holding = true
    while (this.#inFlight > 0) await new Promise((resolve) => setTimeout(resolve, 10))
  }

  /** A race to its end; everybody answers everything, half of them rightly. */
  async race(group: readonly SandboxUser[], options: Record<string, string | number>): Promise<void> {
    const host = group[0]!
    const seen = host.messages().length
    await host.slash('/trivia play', options)
    const news = (): Message[] => host.messages().slice(seen)
    const asked = new Set<string>()
    await this.#until(() => {
      const question = news().find((message) => isOpen(message) && !asked.has(message.id))
      if (question !== undefined) {
        asked.add(question.id)
        void Promise.all(group.map((player) => this.#answer(player, question, this.#random() < 0.5)))
      }
      return news().some(({ embeds }) => embeds[0]?.title?.includes('Final standings') === true)
    })
  }

  async solo(player: SandboxUser, rounds: number): Promise<void> {
    const seen = player.messages().length
    await player.slash('/trivia play', { who: 'solo', rounds, type: 'multiple_choice' })
    const answered = new Set<string>()
    await this.#until(async () => {
      const question = player.messages().slice(seen).find((message) => isOpen(message) && !answered.has(message.id))
      if (question !== undefined) {
        answered.add(question.id)
        await this.#answer(player, question, true)
      }
      return player.messages().slice(seen).some(({ embeds }) => embeds[0]?.title?.includes('Final standings') === true)
    })
  }

  async challenge(player: SandboxUser, kind: 'daily' | 'weekly', count: number): Promise<void> {
    for (let number = 0; number < count; number += 1) {
      const { message, error } = await player.slash(`/trivia ${kind}`)
      if (error !== undefined || message === undefined || !isOpen(message)) {
        this.failures.push(`${kind} ${number}: ${error ?? message?.content ?? 'nothing'}`)
        return
      }
      await this.#answer(player, message, this.#random() < 0.7)
      await new Promise((resolve) => setTimeout(resolve, 30))
    }
  }

  async #answer(player: SandboxUser, question: Message, rightly: boolean): Promise<void> {
    const text = (question.embeds[0]?.description ?? '').replaceAll('\\', '')
    const right = answerTo.get(text)
    if (right === undefined) return void this.failures.push(`unknown question: ${text}`)
    this.#inFlight += 1
    try {
      const { buttons } = question
      const label = (answer: string): string => (answer === 'true' ? 'True' : answer === 'false' ? 'False' : answer)
      let answer
      if (buttons.includes('Answer')) {
        const { modal } = await player.click(question, 'Answer')
        answer = await player.submit(modal!, { text: rightly ? right.toUpperCase() : 'something else' })
      } else answer = await player.click(question, rightly ? label(right) : buttons.find((each) => each !== label(right)) ?? '')
      if (answer.error !== undefined) this.failures.push(answer.error)
      // What was put off comes as a follow-up.
      if (answer.kind === 'update' && !isClosed(question)) await this.#sandbox.until(() => answer.followups.length > 0 || isClosed(question), 20_000)
      const said = answer.message === undefined || answer.message.id === question.id ? JSON.stringify([isForOne(question) ? question.embeds : [], answer.followups.filter(({ ephemeral }) => ephemeral).map(({ content }) => content)]) : answer.message.content
      this.told += pointsSaid(said)
    } catch (error) {
      // The round was over before the click.
      if (!(error instanceof Error && /disabled|no "/.test(error.message))) this.failures.push(String(error))
    } finally {
      this.#inFlight -= 1
    }
  }

  #isHolding(): boolean {
    return this.holding
  }

  /** Lets the time go by, several times as fast as it does. */
  async #until(condition: () => boolean | Promise<boolean>): Promise<void> {
    for (let step = 0; step < 600; step += 1) {
      while (this.#isHolding()) await new Promise((resolve) => setTimeout(resolve, 10))
      if (await condition()) return
      await new Promise((resolve) => setTimeout(resolve, 60))
      // Discord's 3 seconds are of this clock, too: it must not run away from who is being answered.
      if (this.#inFlight === 0 && !this.#isHolding()) this.#sandbox.advance(500)
    }
    throw new Error('It did not come to its end.')
  }
}

function isOpen(message: Message): boolean {
  return !message.deleted && message.buttons.length > 0 && message.embeds[0]?.title?.includes('uestion') === true && !isClosed(message)
}

function isClosed(message: Message): boolean {
  return message.buttons.includes('Report question')
}

function isForOne(message: Message): boolean {
  return message.ephemeral || JSON.stringify(message.embeds).includes('may answer') || !JSON.stringify(message.embeds).includes('wins the round')
}
