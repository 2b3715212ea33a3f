import { failed, messageOf } from '../errors.ts'
import type { Migration } from '../migrations/folder.ts'
import type { TaskInput } from '../tasks/tasks.ts'
import { dataStepOf } from './find.ts'

type RunDataStep = (input: TaskInput<'dataStep'>, progress: (text: string) => void) => Promise<{ rows: number }>

/**
 * Runs a migration's data step, if it has one, on a database that has the migration's SQL.
 *
 * @returns how many rows it changed; null where there is no step
 * @throws MigratorError DATA_STEP_FAILED (exit 4) with the line of the step
 */
export async function runDataStep(run: RunDataStep, database: string, migration: Migration, progress: (text: string) => void): Promise<number | null> {
  const step = dataStepOf(migration)
  if (step === null) return null
  try {
    return (await run({ file: database, step }, (text) => progress(`${migration.name}/data.ts: ${text}`))).rows
  } catch (error) {
    const line = error instanceof Error ? /data\.ts:(\d+)/.exec(error.stack ?? '')?.[1] : undefined
    const place = `${step}${line === undefined ? '' : `:${line}`}`
    throw failed({
      code: 'DATA_STEP_FAILED',
      what: `The data step of ${migration.name} failed${line === undefined ? '' : ` in line ${line}`}.`,
      why: `${messageOf(error)}.`,
      next: `Mend ${place} and deploy again; the live database is as before.`,
    }, error)
  }
}
