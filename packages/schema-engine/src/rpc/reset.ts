import type { ResetInput } from '@prisma/schema-engine-wasm'
import { truncateDatabase } from '../database/file.ts'
import type { EngineHost } from './engine-host.ts'

/**
 * Empties the database for `migrate reset`, as the native engine does: by truncating the file. The engine's
 * WebAssembly build would only delete the rows (and stumble over a table named like a keyword).
 *
 * With external tables configured, everything else is dropped instead.
 */
export async function resetDatabase(host: EngineHost, input: ResetInput): Promise<void> {
  if (input.filter.externalTables.length > 0) {
    // The engine drops table by table, with the filter, once its first way has failed.
    host.session.refuseScripts = true
    await (await host.engine()).reset(input)
    return
  }
  await leaveSharedModes(host)
  await host.closeConnection()
  if (host.location) truncateDatabase(host.location)
}

/** Fails while somebody else has the database open in WAL mode, whose log would be applied to the emptied file. */
async function leaveSharedModes(host: EngineHost): Promise<void> {
  try {
    await host.execute('PRAGMA main.locking_mode=NORMAL; PRAGMA main.journal_mode=DELETE;')
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    // What is not a database can be emptied all the same.
    if (!message.includes('not a database')) throw error
  }
}
