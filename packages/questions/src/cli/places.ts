import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { messageOf, usage } from './errors.ts'

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

/**
 * The database: the option, else DATABASE_PATH, else DATABASE_URL, else data/trivia.db of the repository.
 *
 * @throws CliError with exit 2
 */
export function databasePath(option: string | undefined, env: NodeJS.ProcessEnv, base: string): string {
  if (option !== undefined) return fromText(option, base, '--database')
  const path = env.DATABASE_PATH ? fromText(env.DATABASE_PATH, base, 'DATABASE_PATH') : undefined
  const url = env.DATABASE_URL ? fromUrl(env.DATABASE_URL, base, 'DATABASE_URL') : undefined
  if (path !== undefined && url !== undefined && path !== url) {
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
    throw usage({ code: 'DATABASE_EMPTY', what: `${source} is empty.`, why: 'It has to be the path of the database.', next: 'Give a path, such as --database data/trivia.db.' })
  }
  return text.startsWith('file:') ? fromUrl(text, base, source) : resolve(base, text)
}

function fromUrl(url: string, base: string, source: string): string {
  if (!url.startsWith('file:')) {
    throw usage({
      code: 'DATABASE_URL_UNSUPPORTED',
      what: `${source} is not a SQLite file.`,
      why: 'Only URLs that begin with file: are supported.',
      next: 'Use DATABASE_URL=file:/absolute/path/trivia.db, or DATABASE_PATH.',
    })
  }
  const bare = url.split(/[?#]/, 1)[0] ?? url
  try {
    return bare.startsWith('file:///') ? fileURLToPath(bare) : resolve(base, decodeURIComponent(bare.slice('file:'.length)))
  } catch (error) {
    throw usage({ code: 'DATABASE_URL_INVALID', what: `${source} is not a URL of a file.`, why: `${messageOf(error)}.`, next: 'A percent sign in a path is written %25 in a URL; or use DATABASE_PATH.' })
  }
}
