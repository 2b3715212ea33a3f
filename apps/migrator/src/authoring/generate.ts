import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { splitStatements } from '@trivia/schema-engine/sql'
import { refuse } from '../errors.ts'
import type { Migration } from '../migrations/folder.ts'
import type { PrismaResult, PrismaTarget } from '../prisma/cli.ts'
import { withDatabase } from '../sqlite/connection.ts'

/** What the stock Prisma CLI says of a schema.prisma that went ahead of its migrations. */
export interface Generated {
  /** The SQL of a new migration; empty where schema.prisma and the migrations agree. */
  readonly sql: string
  /** The DDL of what is there, in Prisma's own words: what it does not know is not in it. */
  readonly present: string
}

export interface GenerateRequest {
  readonly prismaDir: string
  readonly migrations: readonly Migration[]
  /** A folder that goes away afterwards. */
  readonly workDir: string
  readonly signal: AbortSignal
  readonly runPrisma: (target: PrismaTarget, args: readonly string[]) => Promise<PrismaResult>
}

/**
 * Lets the Prisma CLI write the SQL, on a database of its own that has all migrations and no rows.
 *
 * `prisma migrate diff --script` instead of `migrate dev --create-only`: it is the same SQL, but `dev` wants to ask
 * as soon as it has a warning (any new UNIQUE is one), and ends without a terminal to ask on.
 *
 * @throws MigratorError GENERATION_FAILED (exit 3)
 */
export async function generateSql({ prismaDir, migrations, workDir, signal, runPrisma }: GenerateRequest): Promise<Generated> {
  const database = join(workDir, 'generate.db')
  applyAll(database, migrations)
  const target = { database, prismaDir, signal }
  const wanted = diff(['--from-config-datasource', '--to-schema', 'schema.prisma'], 'wanted.sql')
  const there = diff(['--from-empty', '--to-config-datasource'], 'present.sql')
  // Both have to end, also when one fails: a Prisma that goes on would make the folder again for its file.
  await Promise.allSettled([wanted, there])
  const [sql, present] = [await wanted, await there]
  return { sql: splitStatements(sql).length === 0 ? '' : sql, present }

  async function diff(between: readonly string[], name: string): Promise<string> {
    const file = join(workDir, name)
    writeFileSync(file, '')
    const { exitCode, output } = await runPrisma(target, ['migrate', 'diff', ...between, '--script', '--output', file])
    if (exitCode === 0) return readFileSync(file, 'utf8').replaceAll('\r\n', '\n').trim()
    throw notGenerated(output)
  }
}

function applyAll(database: string, migrations: readonly Migration[]): void {
  withDatabase(database, { create: true }, (connection) => {
    connection.pragma('journal_mode = OFF')
    connection.pragma('foreign_keys = OFF')
    for (const migration of migrations) connection.exec(migration.sql)
  })
}

function notGenerated(output: string): Error {
  const lines = stripVTControlCharacters(output).split('\n').map((line) => line.trimEnd()).filter((line) => line.trim() !== '' && !line.startsWith('Loaded Prisma config'))
  return refuse({
    code: 'GENERATION_FAILED',
    what: 'Prisma could not write the SQL.',
    why: lines.find((line) => /^error|error:/i.test(line)) ?? lines[0] ?? 'It said nothing.',
    next: 'Mend schema.prisma ("pnpm prisma validate" checks it) and do it again; nothing was written.',
    details: lines,
  })
}
