import { existsSync, statSync } from 'node:fs'
import type { Sizes, StructureChanges } from '../reports/document.ts'
import { type Connection, pragmaValue, withDatabase } from '../sqlite/connection.ts'
import { type Catalog, readCatalog, type SchemaObject } from '../structure/catalog.ts'
import type { State } from './state.ts'

/** What the files of a run show while they are still there. */
export interface Evidence {
  readonly structure: StructureChanges
  readonly sizes: Sizes
}

interface FileFacts {
  readonly bytes: number
  readonly pages: number
  readonly freePages: number
  readonly catalog: Catalog
}

/** Looks at snapshot and candidate; what is missing or cannot be read shows nothing. */
export function gatherEvidence(state: Readonly<State>): Evidence {
  const before = factsOf(state.snapshot?.path)
  const after = factsOf(state.postBackup ?? state.candidate?.path)
  return {
    structure: before === null || after === null ? { added: [], removed: [], changed: [] } : changesBetween(before.catalog, after.catalog),
    sizes: {
      databaseBefore: before?.bytes ?? null,
      databaseAfter: after?.bytes ?? null,
      preBackup: before?.bytes ?? null,
      postBackup: state.postBackup === undefined ? null : (after?.bytes ?? null),
      pagesBefore: before?.pages ?? null,
      pagesAfter: after?.pages ?? null,
      freePagesBefore: before?.freePages ?? null,
      freePagesAfter: after?.freePages ?? null,
    },
  }
}

function factsOf(file: string | null | undefined): FileFacts | null {
  if (file === null || file === undefined || !existsSync(file)) return null
  try {
    return withDatabase(file, { readonly: true }, (connection) => ({
      bytes: statSync(file).size,
      pages: pages(connection, 'page_count'),
      freePages: pages(connection, 'freelist_count'),
      catalog: readCatalog(connection),
    }))
  } catch {
    // A run that failed may have failed for this.
    return null
  }
}

function pages(connection: Connection, name: string): number {
  return Number(pragmaValue(connection, name))
}

function changesBetween(before: Catalog, after: Catalog): StructureChanges {
  const [was, is] = [objectsOf(before), objectsOf(after)]
  const shown = ({ type, name }: SchemaObject): { type: string; name: string } => ({ type, name })
  return {
    added: [...is].filter(([key]) => !was.has(key)).map(([, object]) => shown(object)),
    removed: [...was].filter(([key]) => !is.has(key)).map(([, object]) => shown(object)),
    changed: [...is].flatMap(([key, object]) => {
      const old = was.get(key)
      return old === undefined || old.normal === object.normal ? [] : [{ ...shown(object), before: old.sql, after: object.sql }]
    }),
  }
}

function objectsOf({ tables, indexes, triggers, views }: Catalog): Map<string, SchemaObject> {
  return new Map([...tables.values(), ...indexes.values(), ...triggers.values(), ...views.values()].map((object) => [`${object.type} ${object.name}`, object]))
}
