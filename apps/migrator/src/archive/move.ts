import type { DataRow, DataStep, DataStepContext, DataValue } from '@trivia/database/data-step'
import { oldRankings, oldSessions } from './selection.ts'

// Runs as a migration's data step does: on the copy, in a thread of its own, batch by batch. What it is to move stands
// in the newest row of archive_runs, which it completes with the number of rows.

const SESSION = `channel_id, user_id, question_id, difficulty, start_time, end_time, is_completed, is_challenge, guild_id, mode,
  category, question_type, rounds, locale, challenge_date`
const ROUND = 'session_id, number, question_id, options, points, message_id, asked_at, deadline, closed_at, winner_id'
const RANKING = 'user_id, week_start, points, rank'

const moveOldRows: DataStep = (step) => {
  const run = step.get('SELECT id, archived_at, older_than FROM archive_runs ORDER BY rowid DESC LIMIT 1')
  if (run === undefined) throw new Error('archive_runs has no row that says what to move')
  const [day, now] = [String(run['older_than']), run['archived_at'] ?? null]
  let rows = 0
  step.batches({ from: 'game_sessions', key: 'id', columns: [], where: oldSessions(day) }, (batch) => {
    rows += moveSessions(step, oldSessions(day), ends(batch), now)
  })
  step.batches({ from: 'weekly_rankings', key: 'id', columns: [], where: oldRankings(day) }, (batch) => {
    rows += move(step, 'weekly_rankings', RANKING, `id BETWEEN ? AND ? AND ${oldRankings(day)}`, ends(batch), now)
  })
  step.run('UPDATE archive_runs SET rows_moved = ? WHERE id = ?', rows, run['id'] ?? null)
}

export default moveOldRows

type Ends = readonly [first: DataValue, last: DataValue]

/** A batch has all old rows between its first and its last key: those two say the same as a thousand. */
function ends(batch: readonly DataRow[]): Ends {
  return [batch[0]?.['id'] ?? null, batch.at(-1)?.['id'] ?? null]
}

/** Sessions with all that hangs on them, from the outermost in: no foreign key has anything left to do. */
function moveSessions(step: DataStepContext, old: string, batch: Ends, now: DataValue): number {
  const sessions = `SELECT id FROM game_sessions WHERE id BETWEEN ? AND ? AND ${old}`
  const rounds = `SELECT id FROM game_rounds WHERE session_id IN (${sessions})`
  // The answer itself stays, for the players' statistics.
  step.run(`INSERT INTO answer_rounds_archive (answer_id, round_id) SELECT id, round_id FROM answers WHERE round_id IN (${rounds})`, ...batch)
  step.run(`UPDATE answers SET round_id = NULL WHERE round_id IN (${rounds})`, ...batch)
  return move(step, 'game_rounds', ROUND, `session_id IN (${sessions})`, batch, now)
    + move(step, 'game_sessions', SESSION, `id BETWEEN ? AND ? AND ${old}`, batch, now)
}

function move(step: DataStepContext, table: string, columns: string, which: string, batch: Ends, now: DataValue): number {
  const arrived = step.run(`INSERT INTO ${table}_archive (id, ${columns}, archived_at) SELECT id, ${columns}, ? FROM ${table} WHERE ${which}`, now, ...batch)
  const left = step.run(`DELETE FROM ${table} WHERE ${which}`, ...batch)
  if (arrived !== left) throw new Error(`${arrived} rows of ${table} went into its archive, and ${left} left the table`)
  return left
}
