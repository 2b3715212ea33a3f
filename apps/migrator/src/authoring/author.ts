import { mkdtempSync, existsSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { latestBackup } from '../backups/store.ts'
import { MigratorError, refuse } from '../errors.ts'
import { appliedMigrations } from '../lint/applied.ts'
import type { Finding } from '../lint/finding.ts'
import { lint } from '../lint/lint.ts'
import { readMigrations } from '../migrations/folder.ts'
import type { Context } from '../pipeline/context.ts'
import { withDatabase } from '../sqlite/connection.ts'
import { assertClean } from './clean.ts'
import { renewDerivedFiles } from './derived-files.ts'
import { generateSql } from './generate.ts'
import { mendSql } from './mend.ts'
import { migrationSlug } from './name.ts'
import { copyBackup, rehearse, rehearseOnSpecimen, type Rehearsal } from './rehearse.ts'
import { type Written, writeMigration } from './write.ts'

/** What a developer asks for. */
export interface AuthorRequest {
  readonly name: string
  /** Also where schema.prisma has no change: a migration of rows alone. */
  readonly empty: boolean
  /** The reason for what goes away or changes; empty where it was not given. */
  readonly why: string
}

export type AuthoringStep = 'look' | 'generate' | 'write' | 'structure' | 'lint' | 'rehearse'

export type AuthorContext = Pick<Context, 'settings' | 'now' | 'signal' | 'events' | 'runTask' | 'runPrisma'> & {
  /** Told after each step. */
  readonly done: (step: AuthoringStep, summary: string) => void
}

/** A new migration, and what is known of it. */
export interface Authored extends Omit<Written, 'migrations'> {
  /** schema.prisma had no change. */
  readonly isEmpty: boolean
  /** What is other than Prisma wrote it. */
  readonly notes: readonly string[]
  readonly findings: readonly Finding[]
  readonly rehearsals: readonly Rehearsal[]
}

/**
 * From a changed schema.prisma to a migration that was tried. Until its SQL is there nothing is written; from then on
 * its files stay, whatever lint and the rehearsals say: they are there to be mended.
 */
export async function authorMigration(request: AuthorRequest, context: AuthorContext): Promise<Authored> {
  const { settings: { prismaDir, backupDir }, signal, runPrisma, now, done } = context
  const migrations = readMigrations(prismaDir)
  const slug = migrationSlug(request.name, migrations)
  const reference = assertClean(prismaDir, migrations)
  done('look', `version ${reference.version}, ${migrations.length} migrations in order`)
  // Beside the backups, where the disk is known to be large enough for a copy of one.
  const workDir = mkdtempSync(existsSync(backupDir) ? join(backupDir, '.new-') : join(tmpdir(), 'migrator-new-'))
  try {
    const { sql, present } = await unlessInterrupted(signal, () => generateSql({ prismaDir, migrations, workDir, signal, runPrisma }))
    if (sql === '' && !request.empty) throw unchanged()
    const mended = mendSql(sql, reference.catalog, present)
    done('generate', sql === '' ? 'schema.prisma has no change: an empty migration' : ['Prisma wrote the SQL', ...mended.notes].join('; '))
    const written = await writeMigration({ prismaDir, migrations, reference, slug, mended, why: request.why, now: now() })
    done('write', written.name)
    const tried = await tryOut(written, workDir, context)
    return { name: written.name, version: written.version, toExplain: written.toExplain, isEmpty: sql === '', notes: mended.notes, ...tried }
  } finally {
    rmSync(workDir, { recursive: true, force: true })
  }
}

async function tryOut({ migrations, files }: Written, workDir: string, context: AuthorContext): Promise<Pick<Authored, 'files' | 'findings' | 'rehearsals'>> {
  const { settings: { prismaDir, database, backupDir }, done } = context
  const rehearsal = { ...context, prismaDir, workDir }
  const backup = latestBackup(backupDir, database)
  const copy = backup === null ? null : await copyBackup(backup, database, rehearsal)

  const request = { folder: migrations, chosen: migrations.slice(-1) }
  const findings = copy === null
    ? lint({ ...request, ledger: null, connection: null })
    : withDatabase(copy, { readonly: true }, (connection) => lint({ ...request, ledger: appliedMigrations(connection, copy, migrations), connection }))
  const errors = findings.filter((finding) => finding.severity === 'error').length
  done('lint', findings.length === 0 ? 'nothing to find fault with' : `errors: ${errors}, warnings: ${findings.length - errors}`)
  if (findings.some((finding) => finding.rule === 'fails-on-empty-database')) return { files, findings, rehearsals: [] }

  const renewed = renewDerivedFiles(prismaDir, migrations)
  done('structure', renewed.map((file) => file.name).join(', '))
  const all = [...files, ...renewed.map((file) => file.path)]
  // What lint is sure of a rehearsal would only say later.
  if (errors > 0) return { files: all, findings, rehearsals: [] }

  const rehearsals: Rehearsal[] = []
  const add = (each: Rehearsal): void => {
    rehearsals.push(each)
    done('rehearse', `${each.of}: ${each.error === null ? `version ${each.version.from} → ${each.version.to}, ${each.rows} rows accounted for` : each.error.what}`)
  }
  add(await rehearseOnSpecimen(migrations, rehearsal))
  if (backup !== null && copy !== null) add(await rehearse(copy, `the newest backup (${basename(backup.path)})`, rehearsal))
  return { files: all, findings, rehearsals }
}

async function unlessInterrupted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!signal.aborted || error instanceof MigratorError) throw error
    throw refuse({ code: 'INTERRUPTED', what: 'It was interrupted before anything was written.', why: 'The process was told to stop.', next: 'Do it again when you like.' })
  }
}

function unchanged(): MigratorError {
  return refuse({
    code: 'SCHEMA_UNCHANGED',
    what: 'There is nothing to migrate.',
    why: 'schema.prisma says what the migrations so far make.',
    next: 'Change schema.prisma first; for a change of rows alone add --empty.',
  })
}
