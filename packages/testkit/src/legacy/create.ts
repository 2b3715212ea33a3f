import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import { type SeededRandom, seededRandom } from '../seeded-random.ts'
import { guideTables, guideVersion2, legacyIndexes, oddlyWritten } from './ddl.ts'
import type { BrokenRows, LegacyDatabase, LegacyDatabaseOptions } from './options.ts'
import { brokenQuestions, type QuestionRow, soundQuestion } from './questions.ts'
import { legacyDate, legacyTime, legacyUserTime, monday, randomMoment } from './times.ts'

const ACHIEVEMENTS = ['hot_streak', 'dedicated_fan', 'points_1000', 'points_5000', 'galaxy_expert', 'daily_10', 'weekly_5', 'questions_50']
const DIFFICULTIES = ['easy', 'medium', 'hard', null]
const THEMES = ['default', 'dark', 'light']
/** Discord ids are moments: the first and about the last one when the older system was in use. */
const FIRST_ID = 80_351_110_224_678_912n
const LAST_ID = 1_400_000_000_000_000_000n
/** The id of a player, or question, that does not exist. */
const NOBODY = 7n
const NO_QUESTION = 1_000_000_007

/**
 * Makes a database of the older Python system, as its guide describes it and as such databases are: ids above
 * 2^53, players' times local and with or without fractions, answers as index or as text, rows in every table.
 * Three million rows take about 15 seconds.
 */
export function createLegacyDatabase(path: string, options: LegacyDatabaseOptions = {}): LegacyDatabase {
  mkdirSync(dirname(path), { recursive: true })
  const connection = new Sqlite(path)
  try {
    connection.pragma('journal_mode = MEMORY')
    connection.pragma('synchronous = OFF')
    connection.pragma('cache_size = -200000')
    connection.pragma('foreign_keys = OFF')
    connection.pragma('ignore_check_constraints = ON')
    const written = options.ddlStyle === 'odd' ? oddlyWritten : (sql: string): string => sql
    for (const sql of guideTables) connection.exec(written(sql))
    const players = connection.transaction(() => new Filling(connection, options).fill())()
    for (const sql of legacyIndexes(options.indexes ?? 'all')) connection.exec(written(sql))
    if (options.version === 2) connection.transaction(() => makeVersion2(connection, players))()
    if (options.afterwards !== undefined) connection.exec(options.afterwards)
    connection.pragma(`journal_mode = ${options.journalMode ?? 'wal'}`)
    return { path, rows: countRows(connection), playerIds: players.slice(0, 1000) }
  } finally {
    connection.close()
  }
}

/** The rows of one database, table by table. */
class Filling {
  readonly #connection: Sqlite.Database
  readonly #options: LegacyDatabaseOptions
  readonly #broken: BrokenRows
  readonly #random: SeededRandom

  constructor(connection: Sqlite.Database, options: LegacyDatabaseOptions) {
    this.#connection = connection
    this.#options = options
    this.#broken = options.broken ?? {}
    this.#random = seededRandom(options.seed ?? 1)
  }

  /** Returns the sound players' ids. */
  fill(): bigint[] {
    const { players = 40, questions = 32, sessions = 120, achievements = 60, rankings = 60 } = this.#options
    this.#connection.exec("INSERT INTO schema_version VALUES (1, '2025-07-20 18:04:11')")
    const sound = this.#players(players)
    const broken = this.#brokenPlayers()
    // Those that have to follow a broken player come first.
    const all = [...broken, ...sound]
    const questionCount = this.#questions(questions)
    this.#achievements(Math.max(achievements, broken.length), all)
    this.#rankings(Math.max(rankings, broken.length), all)
    this.#sessions(Math.max(sessions, broken.length), all, questionCount)
    return sound
  }

  #players(count: number): bigint[] {
    const stride = (LAST_ID - FIRST_ID) / BigInt(count + 1)
    const insert = this.#insertPlayer()
    return Array.from({ length: count }, (_, index) => {
      const id = FIRST_ID + stride * BigInt(index) + BigInt(this.#random.integer(0, 1_000_000))
      insert.run(id, ...this.#playerValues(index))
      return id
    })
  }

  #brokenPlayers(): bigint[] {
    const insert = this.#insertPlayer()
    const kinds: ((values: PlayerValues) => PlayerValues)[] = [
      ...times(this.#broken.negativePoints, () => ([, ...rest]: PlayerValues): PlayerValues => [-50, ...rest]),
      ...times(this.#broken.unreadableTimes, () => (values: PlayerValues): PlayerValues => values.with(5, 'yesterday') as PlayerValues),
      ...times(this.#broken.pointsAsText, () => ([, ...rest]: PlayerValues): PlayerValues => ['many', ...rest]),
    ]
    return kinds.map((spoil, index) => {
      const id = LAST_ID + BigInt(index)
      insert.run(id, ...spoil(this.#playerValues(Infinity)))
      return id
    })
  }

  #insertPlayer(): Sqlite.Statement {
    return this.#connection.prepare('INSERT INTO users VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  }

  #playerValues(index: number): PlayerValues {
    const random = this.#random
    const answered = random.integer(0, 120)
    const correct = random.integer(0, answered)
    const best = random.integer(0, 15)
    const created = randomMoment(random)
    const given = this.#options.userTimes?.[index]
    return [
      correct * random.pick([10, 20, 30]),
      answered,
      correct,
      random.integer(0, best),
      best,
      given ?? (random.chance(0.95) ? legacyUserTime(created + random.integer(0, 5_000_000) * 1000, random) : null),
      random.chance(0.2) ? legacyDate(randomMoment(random)) : null,
      random.chance(0.2) ? legacyDate(randomMoment(random)) : null,
      random.pick(DIFFICULTIES),
      given ?? legacyUserTime(created, random),
    ]
  }

  /** Returns the number of questions; their ids are 1 to it. */
  #questions(count: number): number {
    const random = this.#random
    const insert = this.#connection.prepare(`INSERT INTO questions
      (question_text, question_type, difficulty, category, correct_answer, options, answer_variations, explanation, point_value, times_asked, times_correct, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
    const rows: QuestionRow[] = Array.from({ length: count }, (_, number) => soundQuestion(number, random))
    for (const [kind, make] of Object.entries(brokenQuestions)) rows.push(...times(this.#broken[kind as keyof typeof brokenQuestions], make))
    for (const row of rows) {
      const asked = random.integer(0, 300)
      const points = { easy: 10, medium: 20 }[row[2]] ?? 30
      insert.run(...row, points, asked, random.integer(0, asked), legacyTime(randomMoment(random)))
    }
    return rows.length
  }

  #achievements(count: number, players: readonly bigint[]): void {
    const insert = this.#connection.prepare('INSERT INTO user_achievements (user_id, achievement_id, unlocked_at) VALUES (?, ?, ?)')
    const most = Math.min(count, players.length * ACHIEVEMENTS.length)
    for (let index = 0; index < most; index++) {
      insert.run(players[index % players.length], ACHIEVEMENTS[Math.floor(index / players.length)], legacyTime(randomMoment(this.#random)))
    }
    for (const index of times(this.#broken.orphanedAchievements, (number) => number)) insert.run(NOBODY + BigInt(index), 'hot_streak', legacyTime(randomMoment(this.#random)))
  }

  #rankings(count: number, players: readonly bigint[]): void {
    const insert = this.#connection.prepare('INSERT INTO weekly_rankings (user_id, week_start, points, rank) VALUES (?, ?, ?, ?)')
    const row = (player: bigint | undefined, week: number): void => void insert.run(player, monday(week), this.#random.integer(0, 3000), this.#random.chance(0.9) ? this.#random.integer(1, 50) : null)
    if (players.length > 0) for (let index = 0; index < count; index++) row(players[index % players.length], Math.floor(index / players.length))
    for (const index of times(this.#broken.orphanedRankings, (number) => number)) row(NOBODY + BigInt(index), 0)
  }

  #sessions(count: number, players: readonly bigint[], questions: number): void {
    const random = this.#random
    const insert = this.#connection.prepare('INSERT INTO game_sessions (channel_id, user_id, question_id, difficulty, start_time, end_time, is_completed, is_challenge) VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
    const channels = Array.from({ length: 500 }, () => FIRST_ID + BigInt(random.integer(1, 1_000_000_000)) * 1_300_000_000n)
    const row = (player: bigint, question: number | null): void => {
      const start = randomMoment(random)
      const isOver = random.chance(0.97)
      insert.run(random.pick(channels), player, question, random.pick(DIFFICULTIES), legacyTime(start), isOver ? legacyTime(start + random.integer(3, 60) * 1000) : null, isOver ? 1 : 0, random.chance(0.1) ? 1 : 0)
    }
    const question = (): number | null => (questions > 0 && random.chance(0.9) ? random.integer(1, questions) : null)
    if (players.length > 0) for (let index = 0; index < count; index++) row(index < players.length ? (players[index] ?? NOBODY) : random.pick(players), question())
    for (const index of times(this.#broken.orphanedSessions, (number) => number)) row(NOBODY + BigInt(index), question())
    for (const index of times(this.#broken.sessionsWithoutQuestion, (number) => number)) row(random.pick(players), NO_QUESTION + index)
  }
}

type PlayerValues = [
  points: number | string,
  answered: number,
  correct: number,
  streak: number,
  best: number,
  lastPlayed: string | null,
  daily: string | null,
  weekly: string | null,
  difficulty: string | null,
  createdAt: string,
]

function makeVersion2(connection: Sqlite.Database, players: readonly bigint[]): void {
  for (const sql of guideVersion2) connection.exec(sql)
  const insert = connection.prepare('INSERT INTO user_preferences VALUES (?, ?, ?)')
  for (const [index, player] of players.entries()) {
    if (index % 3 === 0) insert.run(player, THEMES[index % THEMES.length], index % 2)
    if (index % 4 === 0) connection.prepare("UPDATE users SET timezone = 'Europe/Berlin' WHERE user_id = ?").run(player)
  }
  connection.exec('INSERT INTO schema_version (version) VALUES (2)')
  connection.exec("UPDATE schema_version SET applied_at = '2026-02-01 10:00:00' WHERE version = 2")
}

function times<T>(count: number | undefined, make: (index: number) => T): T[] {
  return Array.from({ length: count ?? 0 }, (_, index) => make(index))
}

function countRows(connection: Sqlite.Database): Record<string, number> {
  const tables = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name").pluck().all() as string[]
  return Object.fromEntries(tables.map((table) => [table, connection.prepare(`SELECT count(*) FROM "${table}"`).pluck().get() as number]))
}
