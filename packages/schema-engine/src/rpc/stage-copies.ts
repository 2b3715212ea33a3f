import { DriverAdapterError } from '@prisma/driver-adapter-utils'
import type { Session } from '../adapter/session.ts'
import { copyDatabase } from '../database/file.ts'
import type { DatabaseLocation } from '../database/location.ts'
import { describeFailedCopy } from '../failed-copy.ts'
import { copyAfter } from '../prisma-env.ts'

/** The copies of the database that the caller wants of the states between its migrations. */
export class StageCopies {
  readonly #location: DatabaseLocation | undefined
  readonly #paths: ReadonlyMap<string, string>

  constructor(location: DatabaseLocation | undefined, env: NodeJS.ProcessEnv) {
    this.#location = location
    this.#paths = new Map(Object.entries(JSON.parse(env[copyAfter] || '{}') as Record<string, string>))
  }

  /**
   * Makes the copy that is wanted after a migration. The connection is closed for it and opens anew at the next
   * query: so the file is whole whatever its journal mode, the next migration begins with a connection's defaults as
   * in a run of its own, and no lock of SQLite's is lost with the descriptor of the copying.
   */
  async after(migration: string, session: Session, closeConnection: () => Promise<void>): Promise<void> {
    const path = this.#paths.get(migration)
    if (path === undefined || this.#location === undefined) return
    try {
      await closeConnection()
      // It was there: where it has been removed meanwhile, opening it anew must not make an empty one.
      session.mayCreate = false
      copyDatabase(this.#location, path)
    } catch (error) {
      session.failedCopy = describeFailedCopy(error)
      throw new DriverAdapterError({ kind: 'sqlite', extendedCode: 1, message: session.failedCopy.message })
    }
  }
}
