import { dataStepOf } from '../data-steps/find.ts'
import { runDataStep } from '../data-steps/run.ts'
import { MigratorError } from '../errors.ts'
import type { Preflight } from '../migrations/examine.ts'
import type { Migration } from '../migrations/folder.ts'
import { compareLedger, readLedger } from '../migrations/ledger.ts'
import { readDeclaration } from '../preservation/declaration.ts'
import { planStages, type PlannedMigration } from '../preservation/stages.ts'
import type { PrismaTarget } from '../prisma/cli.ts'
import { migrateDeploy } from '../prisma/migrate.ts'
import { makePartialFolder } from '../prisma/partial-folder.ts'
import { withDatabase } from '../sqlite/connection.ts'
import type { Catalog } from '../structure/catalog.ts'
import { replay } from '../structure/reference.ts'
import { copyPrivately } from './candidate.ts'
import type { Context } from './context.ts'
import type { Stage } from './state.ts'

/** One run of Prisma for all pending migrations, unless they have to be told apart. */
export async function migrateInStages(path: string, snapshot: string | null, found: Preflight, { runPrisma, runTask, events }: Context, target: PrismaTarget): Promise<Stage[]> {
  const planned = plan(found)
  const groups = snapshot === null && !planned.some(hasDataStep) ? [planned] : planStages(planned)
  const stages: Stage[] = []
  let before = snapshot
  for (const [index, group] of groups.entries()) {
    const last = index === groups.length - 1
    events.progress('migrate', groups.length === 1 ? 'prisma migrate deploy' : `prisma migrate deploy (${index + 1} of ${groups.length})`)
    const done = groups.slice(0, index + 1).flat().map((each) => each.migration)
    const partial = (): string => makePartialFolder(`${path}.migrations-${index}`, target.prismaDir, found.migrations.filter((migration) => !found.pending.includes(migration) || done.includes(migration)))
    await migrateDeploy(runPrisma, last ? target : { ...target, migrationsDir: partial() }, group.map((each) => each.migration))
    for (const { migration } of group) await runDataStep((input, tell) => runTask('dataStep', input, tell, target.signal), path, migration, (text) => events.progress('migrate', text))
    const after = last ? path : `${path}.stage-${index}`
    if (!last && snapshot !== null) copyPrivately(path, after)
    stages.push({ before, after, planned: group })
    before = snapshot === null ? null : after
  }
  assertApplied(path, found)
  return stages
}

function hasDataStep({ migration }: PlannedMigration): boolean {
  return dataStepOf(migration) !== null
}

/**
 * Which migrations can be told apart only by a comparison in between. One that fails on an empty database ends the
 * planning: Prisma, on the real data, has the last word on it.
 */
function plan(found: Preflight): PlannedMigration[] {
  let before: Catalog | undefined
  return found.pending.map((migration) => {
    before = structureBefore(migration, found) ?? before
    if (before === undefined) throw new Error(`${migration.name} comes after migrations that cannot be read.`)
    return { migration, before, declaration: readDeclaration(migration) }
  })
}

function structureBefore(migration: Migration, { migrations }: Preflight): Catalog | undefined {
  try {
    return replay(migrations.slice(0, migrations.indexOf(migration))).catalog
  } catch (error) {
    if (error instanceof MigratorError) return undefined
    throw error
  }
}

/** Prisma says that it has done it; the candidate's own ledger has to say so, too. */
function assertApplied(path: string, { migrations }: Preflight): void {
  const { pending } = withDatabase(path, { readonly: true }, (connection) => compareLedger(readLedger(connection), migrations))
  if (pending.length > 0) throw new Error(`After "prisma migrate deploy" these are still pending: ${pending.map((migration) => migration.name).join(', ')}.`)
}
