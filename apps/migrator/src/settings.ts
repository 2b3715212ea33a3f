import { dirname, join, resolve } from 'node:path'
import { databaseLocation } from '@trivia/database/location'
import { usage } from './errors.ts'

const packageRoot = resolve(import.meta.dirname, '..')
const repositoryRoot = resolve(packageRoot, '../..')

/** Which database, which migrations, which backups: what every command works on. All paths are absolute. */
export interface Settings {
  readonly database: string
  readonly backupDir: string
  readonly prismaDir: string
}

/** The options that every command takes. */
export interface LocationOptions {
  readonly database?: string | undefined
  readonly backupDir?: string | undefined
  readonly prismaDir?: string | undefined
}

/**
 * Decides the paths: option, then DATABASE_PATH, then DATABASE_URL, then data/trivia.db of the repository.
 *
 * @throws MigratorError with exit 2 when the variables disagree or name something that is no SQLite file
 */
export function resolveSettings(options: LocationOptions, env: NodeJS.ProcessEnv, cwd: string): Settings {
  const base = callerFolder(env, cwd)
  const location = databaseLocation({ option: options.database, env, base })
  if ('problem' in location) throw usage(location.problem)
  const database = location.path
  return {
    database,
    backupDir: options.backupDir ? resolve(base, options.backupDir) : join(dirname(database), 'backups'),
    prismaDir: options.prismaDir ? resolve(base, options.prismaDir) : join(repositoryRoot, 'prisma'),
  }
}

/**
 * Where the caller stands. pnpm starts scripts in the package's folder and leaves the caller's in INIT_CWD;
 * a process further down inherits INIT_CWD without standing there, so it only counts in that folder.
 */
export function callerFolder(env: NodeJS.ProcessEnv, cwd: string): string {
  return env.INIT_CWD && resolve(cwd) === packageRoot ? env.INIT_CWD : cwd
}
