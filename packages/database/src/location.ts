import { existsSync, lstatSync, readlinkSync, realpathSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Why it is not known which database is meant, for a person. */
export interface LocationProblem {
  readonly code: 'DATABASE_AMBIGUOUS' | 'DATABASE_EMPTY' | 'DATABASE_URL_UNSUPPORTED' | 'DATABASE_URL_INVALID'
  readonly what: string
  readonly why: string
  /** The next thing to do. */
  readonly next: string
}

/** The database's absolute path, with links followed; or why there is none. */
export type DatabaseLocation = { readonly path: string } | { readonly problem: LocationProblem }

export interface LocationSources {
  /** What the caller named with an option; it counts before everything else. */
  readonly option?: string | undefined
  readonly env: { readonly DATABASE_PATH?: string | undefined; readonly DATABASE_URL?: string | undefined }
  /** What relative paths are relative to. */
  readonly base: string
}

const standard = resolve(import.meta.dirname, '../../../data/trivia.db')

/**
 * Which database the programs work on: the option, else DATABASE_PATH, else DATABASE_URL, else data/trivia.db of the
 * repository. One answer for all of them, so that none deploys another file than the others play in.
 */
export function databaseLocation({ option, env, base }: LocationSources): DatabaseLocation {
  if (option !== undefined) return read(option, base, '--database')
  const [path, url] = [given(env.DATABASE_PATH, base, 'DATABASE_PATH'), given(env.DATABASE_URL, base, 'DATABASE_URL')]
  const [first = { path: actualPath(standard) }, second] = [path, url].filter((each) => each !== undefined)
  if ('problem' in first) return first
  if (second === undefined || 'problem' in second || first.path === second.path) return second ?? first
  return problem('DATABASE_AMBIGUOUS', 'DATABASE_PATH and DATABASE_URL name two different databases.', `DATABASE_PATH is ${first.path}, DATABASE_URL is ${second.path}.`, 'Unset one of them, or name the database with --database PATH.')
}

/** A variable that is empty counts as absent. */
function given(text: string | undefined, base: string, source: 'DATABASE_PATH' | 'DATABASE_URL'): DatabaseLocation | undefined {
  if (text === undefined || text === '') return undefined
  return source === 'DATABASE_URL' ? readUrl(text, base, source) : read(text, base, source)
}

function read(text: string, base: string, source: string): DatabaseLocation {
  if (text.trim() === '') return problem('DATABASE_EMPTY', `${source} is empty.`, 'It has to be the path of the database.', 'Give a path, such as --database data/trivia.db.')
  return text.startsWith('file:') ? readUrl(text, base, source) : { path: actualPath(resolve(base, text)) }
}

function readUrl(url: string, base: string, source: string): DatabaseLocation {
  if (!url.startsWith('file:')) {
    const scheme = url.slice(0, url.indexOf(':') + 1) || url.slice(0, 12)
    return problem('DATABASE_URL_UNSUPPORTED', `${source} is not a SQLite file.`, `It starts with ${JSON.stringify(scheme)}; only file: is supported.`, 'Use DATABASE_URL=file:/absolute/path/trivia.db, or DATABASE_PATH.')
  }
  const bare = url.split(/[?#]/, 1)[0] ?? url
  try {
    return { path: actualPath(bare.startsWith('file:///') ? fileURLToPath(bare) : resolve(base, decodeURIComponent(bare.slice('file:'.length)))) }
  } catch (error) {
    return problem('DATABASE_URL_INVALID', `${source} is not a URL of a file.`, `${JSON.stringify(url)}: ${error instanceof Error ? error.message : String(error)}.`, 'A percent sign in a path is written %25 in a URL; or use DATABASE_PATH.')
  }
}

function problem(code: LocationProblem['code'], what: string, why: string, next: string): DatabaseLocation {
  return { problem: { code, what, why, next } }
}

/** Follows symbolic links, so that the lock, the backups and a new file stand beside the real file. */
export function actualPath(path: string): string {
  if (existsSync(path)) return realpathSync(path)
  const link = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true ? readlinkSync(path) : null
  if (link !== null) return resolve(dirname(path), link)
  const folder = dirname(path)
  return existsSync(folder) ? join(realpathSync(folder), basename(path)) : path
}
