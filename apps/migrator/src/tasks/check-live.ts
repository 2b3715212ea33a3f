import { openDatabase } from '../sqlite/connection.ts'
import type { DanglingRow } from './tasks.ts'
import { runTask } from './run-task.ts'

/** integrity_check and foreign_key_check of the live database, side by side. */
export async function checkLive(database: string): Promise<{ problems: string[]; danglingRows: DanglingRow[] }> {
  // A connection that can write comes first: only it recovers what a crash left, which read-only ones cannot.
  const keeper = openDatabase(database)
  try {
    keeper.prepare('SELECT count(*) FROM sqlite_schema').get()
    const problems = await runTask('integrity', { file: database })
    if (problems.length > 0) return { problems, danglingRows: [] }
    return { problems, danglingRows: await runTask('foreignKeys', { file: database }) }
  } finally {
    keeper.close()
  }
}
