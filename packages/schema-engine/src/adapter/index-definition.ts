import type { SqlQuery } from '@prisma/driver-adapter-utils'

const INDEX_DEFINITION = /^(\s*SELECT sql FROM sqlite_master WHERE type = 'index' AND name = )"([\s\S]*)"(\s*;?\s*)$/

/**
 * The engine asks for the DDL of a partial index with the index's name as a text in double quotes, which this
 * build of SQLite takes for a column, as standard SQL does. Other queries stay as they are.
 */
export function withQuotedIndexName(query: SqlQuery): SqlQuery {
  const match = INDEX_DEFINITION.exec(query.sql)
  if (!match) return query
  const [, start, name, end] = match
  return { ...query, sql: `${start}'${(name ?? '').replaceAll('""', '"').replaceAll("'", "''")}'${end}` }
}
