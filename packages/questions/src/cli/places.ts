import { resolve } from 'node:path'
import { databaseLocation } from '@trivia/database/location'
import { usage } from './errors.ts'

const packageRoot = resolve(import.meta.dirname, '../..')
const repositoryRoot = resolve(packageRoot, '../..')

/**
 * Where the caller stands. pnpm starts a script in its package's folder and leaves the caller's in INIT_CWD; a
 * process further down inherits INIT_CWD without standing there, so it only counts in those folders.
 */
export function callerFolder(env: NodeJS.ProcessEnv, cwd: string): string {
  const here = resolve(cwd)
  const byScript = here === packageRoot || (here === repositoryRoot && env.npm_lifecycle_event === 'questions')
  return env.INIT_CWD && byScript ? env.INIT_CWD : cwd
}

/** Which database is meant. @throws CliError with exit 2 */
export function databasePath(option: string | undefined, env: NodeJS.ProcessEnv, base: string): string {
  const location = databaseLocation({ option, env, base })
  if ('problem' in location) throw usage(location.problem)
  return location.path
}
