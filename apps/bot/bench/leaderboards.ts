import { Connection } from '@trivia/database/connection'
import { type BenchRow, scratchFolder } from '@trivia/testkit'
import { leaderboardPage, type PageRequest, standingOf } from '../src/features/leaderboards/index.ts'
import { createDatabase } from '../test/bot-on-sandbox.ts'

const LARGE = 1_000_000
const SMALL = 1_000
const NOW = Date.parse('2026-06-12T18:00:00Z')
const SERVER = '900000000000000001'

/** A page of a leaderboard and a player's rank among a million, beside the same among a thousand. */
export function benchLeaderboards(): BenchRow[] {
  using folder = scratchFolder()
  const [small, large] = [SMALL, LARGE].map((count) => filled(folder.file(`${count}.db`), count)) as [Connection, Connection]
  const context = (db: Connection) => ({ db, now: NOW, random: Math.random })
  const page = (scope: PageRequest['scope'], at: (count: number) => number) => (db: Connection, count: number, turn: number) =>
    leaderboardPage(context(db), { scope, period: 'all', guildId: SERVER, userId: String(1 + (turn % count)), turn: { to: 'page', page: at(count) } })
  const works = [
    { what: 'first page, everywhere', work: page('everywhere', () => 1) },
    { what: 'page in the middle, everywhere', work: page('everywhere', (count) => count / 20) },
    { what: 'page in the middle, one server', work: page('server', (count) => count / 20) },
    { what: 'rank with neighbours', work: (db: Connection, count: number, turn: number) => standingOf(context(db), { userId: String(1 + ((turn * 7_919) % count)), guildId: SERVER }) },
  ]
  const rows = works.map(({ what, work }) => {
    const times = { small: Infinity, large: Infinity }
    for (let turn = 0; turn < 5; turn += 1) {
      times.small = Math.min(times.small, timed((each) => work(small, SMALL, each)))
      times.large = Math.min(times.large, timed((each) => work(large, LARGE, each)))
    }
    return { what: `${what}, ${LARGE.toLocaleString('en')} players`, ours: times.large, reference: times.small, of: `${SMALL.toLocaleString('en')} players`, unit: 'µs' }
  })
  small.close()
  large.close()
  return rows
}

function timed(work: (turn: number) => unknown): number {
  const times = 300
  const began = performance.now()
  for (let turn = 0; turn < times; turn += 1) work(turn)
  return ((performance.now() - began) * 1000) / times
}

/** Players whose points are spread as they are in life: many have few. */
function filled(path: string, count: number): Connection {
  createDatabase(path, [])
  const db = new Connection({ path })
  db.raw.pragma('synchronous = OFF')
  db.raw.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
    INSERT INTO users (user_id, name, total_points) SELECT i, 'Player ' || i, 10 + 10 * ((i * 7919 % 1000) * (i * 104729 % 1000) / 200) FROM n`)
  db.raw.exec(`INSERT INTO guild_rankings (guild_id, period, start, user_id, points) SELECT ${SERVER}, 'all', '1970-01-01', user_id, total_points FROM users`)
  return db
}
