import type { CatalogTable } from '../structure/catalog.ts'

/** How SQLite stores what is written into a column; it follows from the declared type alone. */
export type Affinity = 'integer' | 'text' | 'blob' | 'real' | 'numeric'

/** A column as its CREATE TABLE says. */
export interface ListedColumn {
  readonly name: string
  /** The declared type, in capitals; empty where there is none. */
  readonly type: string
  readonly affinity: Affinity
  readonly notNull: boolean
  readonly hasDefault: boolean
  /** INTEGER PRIMARY KEY: the number of the row, which is never NULL. */
  readonly isRowid: boolean
}

const CONSTRAINT = /\b(?:constraint|primary|not|null|unique|check|default|collate|references|generated|as)\b/

/** The columns of a table, from the normal form of their definitions. */
export function listedColumns({ parts }: CatalogTable): ListedColumn[] {
  const key = parts.constraints.map((constraint) => /primary key \( (.*?) \)/.exec(constraint)?.[1]?.split(' , ')).find((columns) => columns !== undefined) ?? []
  return [...parts.columns].map(([name, definition]) => {
    const bare = withoutGroups(definition.replaceAll(/'(?:[^']|'')*'/g, "''"))
    const type = (bare.split(CONSTRAINT, 1)[0] ?? '').trim().toUpperCase()
    const isRowid = type === 'INTEGER' && !parts.options.includes('without rowid') && (/\bprimary key\b/.test(bare) || (key.length === 1 && key[0] === name))
    return {
      name,
      type,
      affinity: affinityOf(type),
      notNull: /\bnot null\b/.test(bare) || isRowid || (parts.options.includes('without rowid') && key.includes(name)),
      hasDefault: /\bdefault\b(?! null\b)/.test(bare) || /\bas\b/.test(bare),
      isRowid,
    }
  })
}

/** What stands in parentheses says nothing of the column itself: CHECK (x IS NOT NULL) does not make it NOT NULL. */
function withoutGroups(definition: string): string {
  const fewer = definition.replaceAll(/\([^()]*\)/g, '')
  return fewer === definition ? definition : withoutGroups(fewer)
}

/** https://sqlite.org/datatype3.html, "Determination Of Column Affinity". */
export function affinityOf(type: string): Affinity {
  if (type.includes('INT')) return 'integer'
  if (/CHAR|CLOB|TEXT/.test(type)) return 'text'
  if (type === '' || type.includes('BLOB')) return 'blob'
  return /REAL|FLOA|DOUB/.test(type) ? 'real' : 'numeric'
}
