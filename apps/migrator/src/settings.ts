import { existsSync, lstatSync, readlinkSync, realpathSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { messageOf, usage } from './errors.ts'

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
  const database = actualPath(databasePath(options, env, base))
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

function databasePath(options: LocationOptions, env: NodeJS.ProcessEnv, base: string): string {
  if (options.database !== undefined) return fromText(options.database, base, '--database')
  const path = env.DATABASE_PATH ? fromText(env.DATABASE_PATH, base, 'DATABASE_PATH') : undefined
  const url = env.DATABASE_URL ? fromUrl(env.DATABASE_URL, base, 'DATABASE_URL') : undefined
  if (path !== undefined && url !== undefined && actualPath(path) !== actualPath(url)) {
    throw usage({
      code: 'DATABASE_AMBIGUOUS',
      what: 'DATABASE_PATH and DATABASE_URL name two different databases.',
      why: `DATABASE_PATH is ${path}, DATABASE_URL is ${url}.`,
      next: 'Unset one of them, or name the database with --database PATH.',
    })
  }
  return path ?? url ?? join(repositoryRoot, 'data', 'trivia.db')
}

function fromText(text: string, base: string, source: string): string {
  if (text.trim() === '') {
    throw usage({
      code: 'DATABASE_EMPTY',
      what: `${source} is empty.`,
      why: 'It has to be the path of the database.',
      next: 'Give a path, such as --database data/trivia.db.',
    })
  }
  return text.startsWith('file:') ? fromUrl(text, base, source) : resolve(base, text)
}

function fromUrl(url: string, base: string, source: string): string {
  if (!url.startsWith('file:')) {
    throw usage({
      code: 'DATABASE_URL_UNSUPPORTED',
      what: `${source} is not a SQLite file.`,
      why: `It starts with ${JSON.stringify(url.slice(0, url.indexOf(':') + 1) || url.slice(0, 12))}; only file: is supported.`,
      next: 'Use DATABASE_URL=file:/absolute/path/trivia.db, or DATABASE_PATH.',
    })
  }
  const bare = url.split(/[?#]/, 1)[0] ?? url
  try {
    return bare.startsWith('file:///') ? fileURLToPath(bare) : resolve(base, decodeURIComponent(bare.slice('file:'.length)))
  } catch (error) {
    throw usage({
      code: 'DATABASE_URL_INVALID',
      what: `${source} is not a URL of a file.`,
      why: `${JSON.stringify(url)}: ${messageOf(error)}.`,
      next: 'A percent sign in a path is written %25 in a URL; or use DATABASE_PATH.',
    })
  }
}

/** Follows symbolic links, so that the lock, the backups and the new file stand beside the real file. */
function actualPath(path: string): string {
  if (existsSync(path)) return realpathSync(path)
  const link = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true ? readlinkSync(path) : null
  if (link !== null) return resolve(dirname(path), link)
  const folder = dirname(path)
  return existsSync(folder) ? join(realpathSync(folder), basename(path)) : path
}
