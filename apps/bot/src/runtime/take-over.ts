import type { ShardRange } from '@trivia/database/queries'
import type { Logger } from 'pino'
import { BotError } from '../errors.ts'
import { type Store, StoreError } from '../store/index.ts'

/** So often the database's lock is waited for, each time as long as the store waits. */
const TRIES = 3

/** Takes the games of the shards over from whoever had them. @throws BotError DATABASE_BUSY, DATABASE_UNWRITABLE */
export async function takeOver(store: Store, shards: ShardRange, log: Logger): Promise<{ abandoned: number }> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await store.call('takeOver', shards)
    } catch (error) {
      if (!(error instanceof StoreError) || !error.code.startsWith('SQLITE_')) throw error
      if (!error.busy) {
        throw new BotError({ code: 'DATABASE_UNWRITABLE', exitCode: 3, what: 'The database cannot be written.', why: error.message, next: 'Look at the permissions of the file and its folder, and at the room on the disk.' })
      }
      if (attempt >= TRIES) {
        throw new BotError({ code: 'DATABASE_BUSY', exitCode: 3, what: 'Another process does not let go of the database.', why: error.message, next: 'Find it with "fuser", let it finish, and start the bot again.' })
      }
      log.warn({ attempt }, 'another process holds the database; waiting')
    }
  }
}
