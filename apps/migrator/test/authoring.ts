import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { newMigration, type NewFlags } from '../src/commands/new.ts'
import { MigratorError, reportOf } from '../src/errors.ts'
import type { Rehearsal } from '../src/authoring/rehearse.ts'
import type { Finding } from '../src/lint/finding.ts'

/** What `migrator new --json` prints. */
export interface NewDocument {
  readonly outcome: string
  readonly exitCode: number
  readonly migration?: string
  readonly version?: number
  readonly files?: readonly string[]
  readonly notes?: readonly string[]
  readonly toExplain?: readonly string[]
  readonly findings?: readonly Finding[]
  readonly rehearsals?: readonly Rehearsal[]
  readonly error: { readonly code: string; readonly why: string; readonly next: string; readonly details?: readonly string[] } | null
}

/** Calls `migrator new` as the command line does. */
export async function author(prismaDir: string, name: string, { database, ...flags }: NewFlags & { readonly database: string }): Promise<NewDocument> {
  const settings = { database, backupDir: join(database, '..', 'backups'), prismaDir }
  const input = { settings, json: true, quiet: false, verbose: false, terminal: process, cwd: prismaDir, argv: ['new', name], now: () => new Date(), signal: new AbortController().signal }
  try {
    return (await newMigration(input, [name], flags)).json as NewDocument
  } catch (error) {
    if (error instanceof MigratorError) return { outcome: 'refused', exitCode: error.exitCode, error: reportOf(error) }
    throw error
  }
}

/** Changes schema.prisma; each text has to be there. */
export function changeSchema(prismaDir: string, ...changes: readonly (readonly [from: string, to: string])[]): void {
  const file = join(prismaDir, 'schema.prisma')
  let schema = readFileSync(file, 'utf8')
  for (const [from, to] of changes) {
    if (!schema.includes(from)) throw new Error(`schema.prisma has no ${from}`)
    schema = schema.replace(from, () => to)
  }
  writeFileSync(file, schema)
}

/** A file of a migration. */
export function migrationFile(prismaDir: string, migration: string | undefined, name: 'migration.sql' | 'preserve.json'): string {
  return readFileSync(join(prismaDir, 'migrations', migration ?? '', name), 'utf8')
}

/** All that stands in a Prisma folder, by path. */
export function contentOf(prismaDir: string): Readonly<Record<string, string>> {
  const files = readdirSync(prismaDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return Object.fromEntries(files.sort().map((file) => [file, readFileSync(file, 'utf8')]))
}
