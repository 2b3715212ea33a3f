import type { Parameter, Reader } from '../connection.ts'
import { answersOf, standingsOf } from './answers.ts'
import { matchingBuckets, poolsOf, questionAt } from './choosing.ts'
import { dueGames, gameInChannel } from './games.ts'
import { guildSettings } from './guilds.ts'
import { boardPlayer, guildBoard, playersAbove, playersOver } from './leaderboards.ts'
import { achievementsOf, playerState } from './players.ts'
import { roundWithQuestion } from './rounds.ts'
import { answersByKind, answersByWeek } from './statistics.ts'

/** A query that is asked often: its plan and time are worth watching. */
export interface CommonQuery {
  readonly name: string
  /** One statement, with its values in it. */
  readonly sql: string
  /** The tables without which it makes no sense. */
  readonly tables: readonly string[]
}

/** Somebody and something that the queries ask for; what is not there makes them no other queries. */
export interface QuerySample {
  readonly userId: string
  readonly channelId: string
  readonly guildId: string
  readonly sessionId: number
  readonly roundId: number
  readonly points: number
  /** A Monday that there is a ranking of: YYYY-MM-DD. */
  readonly week: string
}

const nobody: QuerySample = { userId: '1', channelId: '1', guildId: '1', sessionId: 1, roundId: 1, points: 100, week: '2026-01-05' }
const NOON = '2026-01-05T12:00:00.000+00:00'

/** The bot's own, as it asks them: what their functions ask is written down. */
function askedByBot({ userId, channelId, guildId, sessionId, roundId, points, week }: QuerySample): CommonQuery[] {
  const server = guildBoard(guildId, 'all', null)
  const asked: Readonly<Record<string, (db: Reader) => unknown>> = {
    'leaderboard page': (db) => playersOver(db, { kind: 'all' }, points, 10),
    'leaderboard page of a week': (db) => playersOver(db, { kind: 'week', start: week }, points, 10),
    'leaderboard page of a server': (db) => playersOver(db, server, points, 10),
    'place on the leaderboard': (db) => playersAbove(db, { kind: 'all' }, points),
    'place on a server’s leaderboard': (db) => boardPlayer(db, server, userId),
    'state of a player': (db) => playerState(db, userId),
    'unlocked achievements': (db) => achievementsOf(db, userId),
    'game of a channel': (db) => gameInChannel(db, channelId),
    'games that are due': (db) => dueGames(db, NOON, { count: 1, ids: [0] }, 20),
    'round with its question': (db) => roundWithQuestion(db, roundId),
    'answers to a round': (db) => answersOf(db, roundId),
    'standings of a game': (db) => standingsOf(db, sessionId),
    'buckets of questions': (db) => matchingBuckets(db, { guildId, locale: 'en', difficulty: 'easy', category: null, type: null }),
    'what a channel has left': (db) => poolsOf(db, channelId),
    'question at a place': (db) => questionAt(db, 1, 1, guildId),
    'settings of a server': (db) => guildSettings(db, guildId),
    'answers by week': (db) => answersByWeek(db, userId, NOON),
    'answers by kind': (db) => answersByKind(db, userId),
  }
  return Object.entries(asked).flatMap(([name, ask]) => statementsOf(ask).map((sql, index) => commonQuery(index === 0 ? name : `${name} (${index + 1})`, sql)))
}

/** Those that every version of the schema can answer: what operators and tools ask, and the older system did. */
function askedOfEveryVersion({ userId, channelId, points, week }: QuerySample): CommonQuery[] {
  return [
    ['leaderboard', 'SELECT user_id, total_points FROM users ORDER BY total_points DESC LIMIT 10'],
    ['rank of a player', `SELECT count(*) + 1 FROM users WHERE total_points > ${points}`],
    ['weekly leaderboard', `SELECT user_id, points FROM weekly_rankings WHERE week_start = '${week}' ORDER BY rank LIMIT 10`],
    ['a question by difficulty and category', "SELECT id FROM questions WHERE difficulty = 'easy' AND category = 'History' AND id >= 1 LIMIT 1"],
    ['achievements of a player', `SELECT achievement_id, unlocked_at FROM user_achievements WHERE user_id = ${userId}`],
    ['the running game of a channel', `SELECT id FROM game_sessions WHERE channel_id = ${channelId} AND is_completed = 0`],
    ['unfinished games', 'SELECT id, start_time FROM game_sessions WHERE is_completed = 0 ORDER BY start_time LIMIT 100'],
    ['last games of a player', `SELECT id, start_time FROM game_sessions WHERE user_id = ${userId} ORDER BY start_time DESC LIMIT 20`],
  ].map(([name = '', sql = '']) => commonQuery(name, sql))
}

/** The common queries: one list for the bot, `migrator optimize`, and whoever watches plans and times. */
export function commonQueriesFor(sample: QuerySample): CommonQuery[] {
  return [...askedOfEveryVersion(sample), ...askedByBot(sample)]
}

/** The same for nobody in particular: for their plans. */
export const commonQueries: readonly CommonQuery[] = commonQueriesFor(nobody)

/** Somebody of the database with something to find; nobody where there is none. */
export function sampleOf(first: (sql: string) => string | number | bigint | null | undefined): QuerySample {
  const text = (sql: string, otherwise: string): string => String(first(sql) ?? otherwise)
  const number = (sql: string, otherwise: number): number => Number(first(sql) ?? otherwise)
  return {
    userId: text('SELECT CAST(user_id AS TEXT) FROM users ORDER BY total_points DESC LIMIT 1', nobody.userId),
    channelId: text('SELECT CAST(channel_id AS TEXT) FROM game_sessions LIMIT 1', nobody.channelId),
    guildId: text('SELECT CAST(guild_id AS TEXT) FROM guilds LIMIT 1', nobody.guildId),
    sessionId: number('SELECT session_id FROM game_rounds LIMIT 1', nobody.sessionId),
    roundId: number('SELECT id FROM game_rounds LIMIT 1', nobody.roundId),
    points: number('SELECT total_points FROM users ORDER BY total_points DESC LIMIT 1 OFFSET 20', nobody.points),
    week: text('SELECT CAST(week_start AS TEXT) FROM weekly_rankings ORDER BY week_start DESC LIMIT 1', nobody.week).slice(0, 10),
  }
}

function commonQuery(name: string, sql: string): CommonQuery {
  const tables = [...sql.matchAll(/\b(?:FROM|JOIN)\s+([a-z_]+)\b/g)].map(([, table]) => table ?? '').filter((table) => table !== 'json_each')
  return { name, sql, tables: [...new Set(tables)] }
}

/** What a function asks when it is told that there is nothing. */
function statementsOf(ask: (db: Reader) => unknown): string[] {
  const statements: string[] = []
  const note = (sql: string, parameters: readonly Parameter[]): void => {
    let next = 0
    statements.push(sql.replaceAll('?', () => literal(parameters[next++] ?? null)).replaceAll(/\s+/g, ' '))
  }
  ask({
    get: (sql: string, ...parameters: readonly Parameter[]) => {
      note(sql, parameters)
      return undefined
    },
    all: (sql: string, ...parameters: readonly Parameter[]) => {
      note(sql, parameters)
      return []
    },
  })
  return statements
}

function literal(value: Parameter): string {
  if (value === null) return 'NULL'
  if (typeof value !== 'string') return String(value)
  // Ids are texts for JavaScript's sake, and columns that hold whole numbers compare with them as such.
  return /^\d{1,19}$/.test(value) ? value : `'${value.replaceAll("'", "''")}'`
}
