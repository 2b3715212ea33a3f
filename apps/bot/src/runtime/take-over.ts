import type { ShardRange } from '@trivia/database/queries'
import { BotError } from '../errors.ts'
import { type Store, StoreError } from '../store/index.ts'

/** Takes the games of the shards over from whoever had them. @throws BotError DATABASE_BUSY, DATABASE_UNWRITABLE */
export async function takeOver(store: Store, shards: ShardRange): Promise<{ abandoned: number }> {
  try {
    return await store.call('takeOver', shards)
  } catch (error) {
    if (!(error instanceof StoreError) || !error.code.startsWith('SQLITE_')) throw error
    throw error.busy
      ? new BotError({ code: 'DATABASE_BUSY', exitCode: 3, what: 'Another process does not let go of the database.', why: error.message, next: 'Find it with "fuser", let it finish, and start the bot again.' })
      : new BotError({ code: 'DATABASE_UNWRITABLE', exitCode: 3, what: 'The database cannot be written.', why: error.message, next: 'Look at the permissions of the file and its folder, and at the room on the disk.' })
  }
}
