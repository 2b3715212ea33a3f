import Sqlite from 'better-sqlite3'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '@trivia/testkit'

/** Makes a database with the repository's structure, as the migrator would. */
export function newDatabase(path: string): string {
  const connection = new Sqlite(path)
  const structure = readFileSync(join(repositoryRoot, 'prisma', 'structure.sql'), 'utf8')
  connection.exec(structure)
  connection.prepare('INSERT INTO schema_version (version) VALUES (?)').run(Number(/^-- version: (\d+)/m.exec(structure)?.[1] ?? 3))
  connection.pragma('journal_mode = WAL')
  connection.close()
  return path
}

/** All rows of a query. */
export function rowsOf(path: string, sql: string): Record<string, unknown>[] {
  const connection = new Sqlite(path, { readonly: true })
  try {
    return connection.prepare<[], Record<string, unknown>>(sql).all()
  } finally {
    connection.close()
  }
}
