import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { prismaEnvironment } from '../src/prisma-env.ts'

const require = createRequire(import.meta.url)
const PRISMA = join(dirname(require.resolve('prisma/package.json')), 'build/index.js')

export const SCHEMA = `generator client {
  provider = "prisma-client"
  output   = "../generated"
}

datasource db {
  provider = "sqlite"
}

model User {
  id   Int    @id @default(autoincrement())
  name String
}
`

export const CREATE_USER = `-- CreateTable
CREATE TABLE "User" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL
);
`

export interface Outcome {
  code: number | null
  stdout: string
  stderr: string
  /** Both, for what may go to either. */
  text: string
}

export interface ScratchProject extends Disposable {
  folder: string
  databasePath: string
  write(path: string, content: string): void
  migration(name: string, sql: string): void
  /** Opens the database for one piece of work. */
  database<T>(work: (database: Database.Database) => T): T
  /** Runs the stock Prisma CLI. */
  prisma(args: readonly string[], extra?: NodeJS.ProcessEnv): Promise<Outcome>
}

/** Runs a program to its end. */
export function run(command: string, args: readonly string[], options: { cwd: string; env: NodeJS.ProcessEnv; input?: string }): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: options.cwd, env: options.env })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk))
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr, text: stdout + stderr }))
    child.stdin.on('error', () => undefined)
    child.stdin.end(options.input ?? '')
  })
}

/** An environment with nothing of the developer's own in it: no CI flags, no settings, another home folder. */
export function bareEnvironment(home: string): NodeJS.ProcessEnv {
  return { PATH: `${dirname(process.execPath)}:/usr/bin:/bin`, HOME: home, NO_COLOR: '1' }
}

/** A project with a schema of one table, without migrations and without a database. */
export function createProject(options: { configFields?: string } = {}): ScratchProject {
  const folder = mkdtempSync(join(tmpdir(), 'schema-engine-'))
  const databasePath = join(folder, 'data/deep/app.db')

  const project: ScratchProject = {
    folder,
    databasePath,
    write(path, content) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), content)
    },
    migration(name, sql) {
      project.write('prisma/migrations/migration_lock.toml', 'provider = "sqlite"\n')
      project.write(`prisma/migrations/${name}/migration.sql`, sql)
    },
    database(work) {
      mkdirSync(dirname(databasePath), { recursive: true })
      const database = new Database(databasePath)
      try {
        return work(database)
      } finally {
        database.close()
      }
    },
    prisma: (args, extra = {}) => {
      const env = { ...prismaEnvironment(bareEnvironment(join(folder, 'home'))), ...extra }
      return run(process.execPath, [PRISMA, ...args], { cwd: folder, env })
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
  project.write('prisma/schema.prisma', SCHEMA)
  project.write(
    'prisma.config.ts',
    `export default {
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: 'file:./data/deep/app.db' },
  ${options.configFields ?? ''}
}
`,
  )
  return project
}
