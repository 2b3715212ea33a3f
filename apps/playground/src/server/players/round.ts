import Sqlite from 'better-sqlite3'

/** A question of a race that is open, with its right answer. */
export interface OpenRound {
  readonly type: string
  readonly options: readonly string[]
  readonly answer: string
}

/** Looks a round up; null unless it is an open one of a race. The simulated players know the answer from here. */
export function openRound(database: string, id: number): OpenRound | null {
  const connection = new Sqlite(database, { readonly: true, timeout: 2_000 })
  try {
    const row = connection.prepare(`
      SELECT q.question_type AS type, r.options, q.correct_answer AS answer
      FROM game_rounds r JOIN game_sessions s ON s.id = r.session_id JOIN questions q ON q.id = r.question_id
      WHERE r.id = ? AND r.closed_at IS NULL AND s.mode = 'race'`).get(id) as { type: string; options: string; answer: string } | undefined
    if (row === undefined) return null
    return { type: row.type, answer: row.answer, options: (JSON.parse(row.options) as unknown[]).map(String) }
  } finally {
    connection.close()
  }
}

/** Which option is right; -1 if the answer is typed. */
export function rightOption({ type, options, answer }: OpenRound): number {
  const wanted = type === 'true_false' ? answer.trim().toLowerCase() : answer
  return options.findIndex((option) => (type === 'true_false' ? option.toLowerCase() : option) === wanted)
}
