import { dirname, delimiter } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The executable of this package, for `PRISMA_SCHEMA_ENGINE_BINARY`. */
export const schemaEngineBinary: string = fileURLToPath(new URL('../bin/schema-engine.js', import.meta.url))

/** The variable that, set to 1, tells the engine that its database is a copy which is thrown away when anything fails. */
export const disposableDatabase = 'SCHEMA_ENGINE_DISPOSABLE_DATABASE'

/** The variable with the copies to make while migrations are applied: a JSON object, paths by the name of the migration after which. */
export const copyAfter = 'SCHEMA_ENGINE_COPY_AFTER'

/** The variable with migrations that the database has already, a JSON array of names: the ledger learns them before any is applied. */
export const alreadyApplied = 'SCHEMA_ENGINE_ALREADY_APPLIED'

/** Puts a folder first on a search path, once. */
function withFirst(folder: string, path: string | undefined): string {
  const rest = (path ?? '').split(delimiter).filter((entry) => entry !== '' && entry !== folder)
  return [folder, ...rest].join(delimiter)
}

/** The schema engine that the caller chose. The second name is Prisma's deprecated one; setting the first would silently win over it. */
function chosenEngine(base: NodeJS.ProcessEnv): string | undefined {
  return base['PRISMA_SCHEMA_ENGINE_BINARY'] || base['PRISMA_MIGRATION_ENGINE_BINARY']
}

/** Whether it is our engine that runs in such an environment: no other one knows our variables. */
export function runsOurEngine(base: NodeJS.ProcessEnv): boolean {
  return (chosenEngine(base) || schemaEngineBinary) === schemaEngineBinary
}

/**
 * The environment for running the stock Prisma CLI: on our schema engine, without telemetry and without
 * looking for updates.
 *
 * A schema engine that the caller chose by Prisma's own variables stays chosen. This Node comes first on the
 * PATH because the engine starts through `#!/usr/bin/env node`, and another Node may be too old for it.
 */
export function prismaEnvironment(base: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    ...base,
    ...(chosenEngine(base) ? {} : { PRISMA_SCHEMA_ENGINE_BINARY: schemaEngineBinary }),
    // The one switch of the CLI's telemetry, which is also its update check.
    CHECKPOINT_DISABLE: base['CHECKPOINT_DISABLE'] || '1',
    PRISMA_HIDE_UPDATE_MESSAGE: base['PRISMA_HIDE_UPDATE_MESSAGE'] || '1',
    PATH: withFirst(dirname(process.execPath), base['PATH']),
  }
}
