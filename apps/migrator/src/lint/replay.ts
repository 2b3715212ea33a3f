import { type Connection, openMemory } from '../sqlite/connection.ts'
import { type Catalog, readCatalog } from '../structure/catalog.ts'
import { messageOf } from '../errors.ts'
import type { LintStatement } from './statement.ts'

/** A foreign key as it is when a statement begins. */
export interface Reference {
  readonly child: string
  readonly parent: string
  readonly onDelete: string
}

/** What a migration made of the structure. */
export interface Replayed {
  readonly before: Catalog
  readonly after: Catalog
  /** The first statement that failed, and why. */
  readonly failure: { readonly statement: LintStatement; readonly why: string } | null
  /** The foreign keys in force when a table was dropped. */
  readonly referencesAt: ReadonlyMap<LintStatement, readonly Reference[]>
}

// What these do belongs to a file, or to the connection; ATTACH would even make a file.
const NOT_RUN = new Set(['pragma', 'transaction', 'attach', 'vacuum'])

/** An empty database in memory that goes through the migrations one after the other. */
export class Replay {
  readonly #memory: Connection = openMemory()

  constructor() {
    // The rows that a migration's own rows may belong to are not there.
    this.#memory.pragma('foreign_keys = OFF')
  }

  /** Applies a migration. What comes after a statement that fails is applied as far as it goes. */
  apply(statements: readonly LintStatement[]): Replayed {
    const before = readCatalog(this.#memory)
    const referencesAt = new Map<LintStatement, readonly Reference[]>()
    let failure: Replayed['failure'] = null
    for (const statement of statements) {
      const { action } = statement
      if (NOT_RUN.has(action.kind)) continue
      if (action.kind === 'drop') referencesAt.set(statement, readReferences(this.#memory))
      try {
        this.#memory.exec(statement.sql)
      } catch (error) {
        failure ??= { statement, why: messageOf(error) }
      }
    }
    return { before, after: readCatalog(this.#memory), failure, referencesAt }
  }

  close(): void {
    this.#memory.close()
  }
}

function readReferences(connection: Connection): Reference[] {
  const rows = connection.prepare("SELECT DISTINCT t.name AS child, k.\"table\" AS parent, k.on_delete AS onDelete FROM sqlite_schema AS t, pragma_foreign_key_list(t.name) AS k WHERE t.type = 'table'").all() as Reference[]
  return rows.map(({ child, parent, onDelete }) => ({ child, parent: parent.toLowerCase(), onDelete: onDelete.toLowerCase() }))
}
