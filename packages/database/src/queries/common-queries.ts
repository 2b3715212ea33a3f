/** A query that the bot asks often: its plan and time are worth watching. */
export interface CommonQuery {
  readonly name: string
  readonly sql: string
  /** The tables without which it makes no sense. */
  readonly tables: readonly string[]
}

/** The common queries, one list for the bot, `migrator optimize` and whoever watches plans. */
export const commonQueries: readonly CommonQuery[] = [
  {
    name: 'leaderboard',
    sql: 'SELECT user_id, total_points FROM users ORDER BY total_points DESC LIMIT 10',
    tables: ['users'],
  },
  {
    name: 'rank of a player',
    sql: 'SELECT count(*) + 1 FROM users WHERE total_points > (SELECT total_points FROM users WHERE user_id = 1)',
    tables: ['users'],
  },
  {
    name: 'weekly leaderboard',
    sql: "SELECT user_id, points FROM weekly_rankings WHERE week_start = '2026-01-05' ORDER BY rank LIMIT 10",
    tables: ['weekly_rankings'],
  },
  {
    name: 'a question by difficulty and category',
    sql: "SELECT id FROM questions WHERE difficulty = 'easy' AND category = 'History' AND id >= 1 LIMIT 1",
    tables: ['questions'],
  },
  {
    name: 'achievements of a player',
    sql: 'SELECT achievement_id, unlocked_at FROM user_achievements WHERE user_id = 1',
    tables: ['user_achievements'],
  },
  {
    name: 'the running game of a channel',
    sql: 'SELECT id FROM game_sessions WHERE channel_id = 1 AND is_completed = 0',
    tables: ['game_sessions'],
  },
  {
    name: 'unfinished games',
    sql: 'SELECT id, start_time FROM game_sessions WHERE is_completed = 0 ORDER BY start_time',
    tables: ['game_sessions'],
  },
  {
    name: 'last games of a player',
    sql: 'SELECT id, start_time FROM game_sessions WHERE user_id = 1 ORDER BY start_time DESC LIMIT 20',
    tables: ['game_sessions'],
  },
]
