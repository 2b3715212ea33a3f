import Sqlite from 'better-sqlite3'

/**
 * Forgets games that were going on when the last local Discord ended: its channels went with it. What was answered stays.
 */
export function forgetGames(database: string): void {
  const connection = new Sqlite(database, { timeout: 10_000 })
  try {
    connection.exec('DELETE FROM running_games')
  } finally {
    connection.close()
  }
}
