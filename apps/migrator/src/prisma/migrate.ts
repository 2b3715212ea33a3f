import { stripVTControlCharacters } from 'node:util'
import { parseFailedCopy } from '@trivia/schema-engine/failed-copy'
import { parseFailedStatement } from '@trivia/schema-engine/failed-statement'
import { failed } from '../errors.ts'
import type { Migration } from '../migrations/folder.ts'
import type { PrismaResult, PrismaTarget } from './cli.ts'

/** What SQLite says when it is the disk: no migration can be mended for it. */
const DISK = [[/database or disk is full/, 'SQLITE_FULL'], [/disk I\/O error/, 'SQLITE_IOERR'], [/unable to open database file/, 'SQLITE_CANTOPEN']] as const

type RunPrisma = (target: PrismaTarget, args: readonly string[]) => Promise<PrismaResult>

/**
 * `prisma migrate deploy` on a candidate.
 *
 * @throws MigratorError MIGRATION_FAILED (exit 4) with the statement and its line; the system's or SQLite's error, such
 *   as ENOSPC or SQLITE_FULL, for what is the disk's and no migration's
 */
export async function migrateDeploy(run: RunPrisma, target: PrismaTarget, pending: readonly Migration[]): Promise<void> {
  const { exitCode, output } = await run(target, ['migrate', 'deploy'])
  if (exitCode === 0) return
  const text = plain(output)
  const statement = parseFailedStatement(text)
  // A statement may have the same words in it.
  const copy = statement === undefined ? parseFailedCopy(text) : undefined
  if (copy !== undefined) throw Object.assign(new Error(copy.message), { code: copy.code })
  const migration = pending.find((each) => text.includes(`Migration name: ${each.name}`)) ?? pending.find((each) => text.includes(each.name))
  const reason = databaseError(text)
  const ofDisk = DISK.find(([pattern]) => pattern.test(text))
  if (ofDisk !== undefined) throw Object.assign(new Error(ofDisk[0].exec(text)?.[0] ?? reason), { code: ofDisk[1] })
  if (migration === undefined) throw failed(unexpected('migrate deploy', text))
  const place = statement === undefined ? migration.file : `${migration.file}:${statement.line}`
  throw failed({
    code: 'MIGRATION_FAILED',
    what: statement === undefined ? `The migration ${migration.name} failed.` : `The migration ${migration.name} failed in its statement ${statement.statement}, line ${statement.line}.`,
    why: `${reason}${statement === undefined ? '' : `: ${statement.sql}`}`,
    next: `Mend ${place} and deploy again; the live database is as before.`,
    details: text.split('\n').filter((line) => line.trim() !== ''),
  })
}

/** Tells Prisma's ledger that the older system has done a migration's work. */
export async function markApplied(run: RunPrisma, target: PrismaTarget, migration: Migration): Promise<void> {
  const { exitCode, output } = await run(target, ['migrate', 'resolve', '--applied', migration.name])
  if (exitCode !== 0) throw failed(unexpected(`migrate resolve --applied ${migration.name}`, plain(output)))
}

/** `prisma migrate diff` from a database to schema.prisma; empty where they agree. */
export async function diffFromSchema(run: RunPrisma, target: PrismaTarget): Promise<string> {
  const { exitCode, output } = await run(target, ['migrate', 'diff', '--from-config-datasource', '--to-schema', 'schema.prisma', '--exit-code', '--script'])
  if (exitCode === 0) return ''
  if (exitCode === 2) return plain(output).trim()
  throw failed(unexpected('migrate diff', plain(output)))
}

function unexpected(command: string, text: string): Parameters<typeof failed>[0] {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return {
    code: 'PRISMA_FAILED',
    what: `"prisma ${command}" did not work.`,
    why: lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? 'It said nothing.',
    next: 'Run the deploy with --verbose to see all that it says; the live database is as before.',
    details: lines,
  }
}

function databaseError(text: string): string {
  const match = /Database error:\s*\n?([\s\S]*?)(?:\n\s*\n|\n\[statement|$)/.exec(text)
  return match?.[1]?.trim().split('\n', 1)[0] ?? 'Prisma says that it failed'
}

function plain(output: string): string {
  return stripVTControlCharacters(output).replaceAll('\r\n', '\n')
}
