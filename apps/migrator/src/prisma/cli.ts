import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire, getCompileCacheDir } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { alreadyApplied, copyAfter, disposableDatabase, prismaEnvironment } from '@trivia/schema-engine/env'

/** How a run of the stock Prisma CLI ended. */
export interface PrismaResult {
  readonly exitCode: number
  readonly output: string
}

/** The stock Prisma CLI on one database and one Prisma folder. */
export interface PrismaTarget {
  readonly database: string
  readonly prismaDir: string
  /** Another folder of migrations than the one in `prismaDir`. */
  readonly migrationsDir?: string
  readonly signal?: AbortSignal
  /** Migrations that Prisma's ledger is to learn first, as applied. Only our schema engine does that. */
  readonly alreadyApplied?: readonly string[]
  /** Where to copy the database to while migrations are applied, by the name of the migration after which. Only our schema engine does that. */
  readonly copyAfter?: Readonly<Record<string, string>>
}

const config = join(import.meta.dirname, 'candidate.config.ts')

/**
 * Runs the stock Prisma CLI, unmodified, as a process of its own. Its schema engine comes from
 * packages/schema-engine, unless Prisma's own variable names another one.
 */
export async function runPrisma(target: PrismaTarget, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<PrismaResult> {
  if (!target.database.includes('?')) return run(target, args, env)
  // The engine takes what follows a question mark for parameters, and would open another file.
  const detour = mkdtempSync(join(tmpdir(), 'migrator-'))
  try {
    const folder = join(detour, 'folder')
    symlinkSync(dirname(target.database), folder)
    return await run({ ...target, database: join(folder, basename(target.database)) }, args, env)
  } finally {
    rmSync(detour, { recursive: true, force: true })
  }
}

function run(target: PrismaTarget, args: readonly string[], env: NodeJS.ProcessEnv): Promise<PrismaResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [prismaEntry(), ...args, '--config', config], {
      cwd: target.prismaDir,
      env: {
        ...compileCache(),
        ...prismaEnvironment(env),
        NO_COLOR: '1',
        [disposableDatabase]: '1',
        [alreadyApplied]: JSON.stringify(target.alreadyApplied ?? []),
        [copyAfter]: JSON.stringify(target.copyAfter ?? {}),
        MIGRATOR_PRISMA_DIR: target.prismaDir,
        MIGRATOR_MIGRATIONS_DIR: target.migrationsDir ?? join(target.prismaDir, 'migrations'),
        // Not percent-encoded: the engine takes what follows file: as it is.
        MIGRATOR_DATABASE_URL: `file:${target.database}`,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(target.signal === undefined ? {} : { signal: target.signal }),
    })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.once('error', reject)
    child.once('close', (code) => resolve({ exitCode: code ?? 1, output }))
  })
}

/** Prisma's CLI is one file of several megabytes: what Node compiles of it is kept where it keeps the migrator's own. */
function compileCache(): NodeJS.ProcessEnv {
  const folder = getCompileCacheDir()
  // It has a folder for each version of Node inside of the one that the variable names.
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: dirname(folder) }
}

function prismaEntry(): string {
  const require = createRequire(import.meta.url)
  return join(dirname(require.resolve('prisma/package.json')), 'build', 'index.js')
}
