/**
 * `pnpm studio`: opens Prisma Studio on the project's database in a browser. Studio opens SQLite only by a
 * file:///absolute/path URL, so the path is made one.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { prismaEnvironment } from '@trivia/schema-engine/env'

const root = resolve(import.meta.dirname, '../..')
const { DATABASE_PATH, DATABASE_URL, INIT_CWD } = process.env
const here = INIT_CWD ?? process.cwd()
const fromUrl = DATABASE_URL?.startsWith('file:///') ? fileURLToPath(DATABASE_URL) : DATABASE_URL?.replace(/^file:/, '')
const database = resolve(here, DATABASE_PATH ?? fromUrl ?? join(root, 'data', 'trivia.db'))

if (!existsSync(database)) {
  console.error(`There is no database ${database}.\n  Next: pnpm --filter migrator deploy`)
  process.exit(3)
}

const prisma = join(dirname(createRequire(import.meta.url).resolve('prisma/package.json')), 'build', 'index.js')
const studio = spawn(process.execPath, ['--import', join(import.meta.dirname, 'preload.ts'), prisma, 'studio', '--url', pathToFileURL(database).href, ...process.argv.slice(2).filter((argument) => argument !== '--')], {
  cwd: root,
  env: prismaEnvironment(process.env),
  stdio: 'inherit',
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => studio.kill(signal))
studio.on('exit', (code, signal) => (process.exitCode = code ?? (signal === null ? 1 : 0)))
