import { runsOurEngine } from '@trivia/schema-engine/env'
import { dataStepOf } from '../data-steps/find.ts'
import { runDataStep } from '../data-steps/run.ts'
import { MigratorError } from '../errors.ts'
import type { Preflight } from '../migrations/examine.ts'
import type { Migration } from '../migrations/folder.ts'
import { compareLedger, readLedger } from '../migrations/ledger.ts'
import { readDeclaration } from '../preservation/declaration.ts'
import { planStages, type PlannedMigration } from '../preservation/stages.ts'
import type { PrismaTarget } from '../prisma/cli.ts'
import { markApplied, migrateDeploy } from '../prisma/migrate.ts'
import { makePartialFolder } from '../prisma/partial-folder.ts'
import { withDatabase } from '../sqlite/connection.ts'
import type { Catalog } from '../structure/catalog.ts'
import { replay } from '../structure/reference.ts'
import { copyPrivately } from './candidate.ts'
import type { Context } from './context.ts'
import type { Stage } from './state.ts'

/**
 * Applies the pending migrations, and gives their stages with the copies to compare. One run of Prisma does as many
 * stages as it can: our schema engine makes the copies in between, and has the ledger learn what the older system has
 * done. Only a data step ends a run. With another engine each stage is a run, and each migration to learn.
 */
export async function migrateInStages(path: string, snapshot: string | null, found: Preflight, context: Context, target: PrismaTarget): Promise<Stage[]> {
  const { runPrisma, events } = context
  const stages = findStages(path, snapshot, plan(found))
  const own = runsOurEngine(process.env)
  if (!own) for (const migration of found.baseline) await markApplied(runPrisma, target, migration)
  const runs = own ? divideIntoRuns(stages) : stages.map((stage) => [stage])
  for (const [index, run] of runs.entries()) {
    const last = index === runs.length - 1
    events.progress('migrate', runs.length === 1 ? 'prisma migrate deploy' : `prisma migrate deploy (${index + 1} of ${runs.length})`)
    const done = migrationsOf(runs.slice(0, index + 1).flat())
    const partial = (): string => makePartialFolder(`${path}.migrations-${index}`, target.prismaDir, found.migrations.filter((migration) => !found.pending.includes(migration) || done.includes(migration)))
    await migrateDeploy(runPrisma, {
      ...target,
      ...(last ? {} : { migrationsDir: partial() }),
      ...(own && index === 0 ? { alreadyApplied: found.baseline.map((migration) => migration.name) } : {}),
      ...(snapshot === null ? {} : { copyAfter: copiesWithin(run) }),
    }, migrationsOf(run))
    await runDataSteps(path, run, context, target)
    const end = run.at(-1)
    if (!last && snapshot !== null && end !== undefined) copyPrivately(path, end.after)
  }
  assertApplied(path, found)
  return stages
}

/** The stages with the files to compare. The last one ends with the candidate itself. */
function findStages(path: string, snapshot: string | null, planned: readonly PlannedMigration[]): Stage[] {
  const groups = snapshot === null && !planned.some(hasDataStep) ? [planned] : planStages(planned)
  const after = (index: number): string => (index === groups.length - 1 ? path : `${path}.stage-${index}`)
  return groups.map((group, index) => ({ before: index === 0 || snapshot === null ? snapshot : after(index - 1), after: after(index), planned: group }))
}

/** Which stages one run of Prisma can do together: up to one that ends with a data step. */
function divideIntoRuns(stages: readonly Stage[]): Stage[][] {
  const runs: Stage[][] = []
  for (const stage of stages) {
    const current = runs.at(-1)
    if (current === undefined || current.at(-1)?.planned.some(hasDataStep)) runs.push([stage])
    else current.push(stage)
  }
  return runs
}

/** The copies between the stages of a run, each by the migration after which it is made. */
function copiesWithin(run: readonly Stage[]): Record<string, string> {
  return Object.fromEntries(run.slice(0, -1).flatMap((stage) => migrationsOf([stage]).slice(-1).map(({ name }) => [name, stage.after])))
}

async function runDataSteps(path: string, run: readonly Stage[], { runTask, events }: Context, { signal }: PrismaTarget): Promise<void> {
  for (const migration of migrationsOf(run)) await runDataStep((input, tell) => runTask('dataStep', input, tell, signal), path, migration, (text) => events.progress('migrate', text))
}

function migrationsOf(stages: readonly Stage[]): Migration[] {
  return stages.flatMap((stage) => stage.planned.map((each) => each.migration))
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
