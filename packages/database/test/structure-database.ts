import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '@trivia/testkit'
import Sqlite from 'better-sqlite3'

/** A new database of the newest version, made from structure.sql. Foreign keys are on. */
export function createStructureDatabase(path: string): Sqlite.Database {
  const connection = new Sqlite(path)
  connection.exec(readFileSync(join(repositoryRoot, 'prisma', 'structure.sql'), 'utf8'))
  connection.pragma('foreign_keys = ON')
  return connection
}
