import { MigratorError, refuse } from '../errors.ts'
import { lint } from '../lint/lint.ts'
import type { Migration } from '../migrations/folder.ts'
import { type Reference, replay } from '../structure/reference.ts'
import { derivedFiles } from './derived-files.ts'

/**
 * The structure that the migrations so far lead to.
 *
 * @throws MigratorError MIGRATIONS_NOT_CLEAN (exit 3) where the one before is not finished: what comes after it would
 *   be made of something that still changes
 */
export function assertClean(prismaDir: string, migrations: readonly Migration[]): Reference {
  const last = migrations.at(-1)
  const reference = replayed(migrations)
  const errors = lint({ folder: migrations, chosen: migrations.slice(-1), ledger: null, connection: null }).filter((finding) => finding.severity === 'error')
  if (errors.length > 0) {
    throw notClean(
      `lint finds ${errors.length === 1 ? 'an error' : `${errors.length} errors`} in ${last?.name}.`,
      `Finish it first ("pnpm db:lint ${last?.name}"), or remove its folder and begin again.`,
      errors.map((finding) => `line ${finding.line}, ${finding.rule}: ${finding.message}`),
    )
  }
  if (derivedFiles(prismaDir, migrations).some((file) => file.name === 'structure.sql' && !file.isCurrent)) {
    throw notClean('structure.sql is not what the migrations make of an empty database.', 'Renew it: pnpm db:structure', [])
  }
  return reference
}

function replayed(migrations: readonly Migration[]): Reference {
  try {
    return replay(migrations)
  } catch (error) {
    if (!(error instanceof MigratorError)) throw error
    throw notClean(`${error.what} ${error.why}`, 'Mend it first, or remove its folder and begin again.', error.details ?? [])
  }
}

function notClean(why: string, next: string, details: readonly string[]): MigratorError {
  return refuse({ code: 'MIGRATIONS_NOT_CLEAN', what: 'The migrations so far are not in order.', why, next, ...(details.length === 0 ? {} : { details }) })
}
