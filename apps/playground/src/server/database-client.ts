import { existsSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { startChild } from './child.ts'
import { textOf } from './lines.ts'
import { prismaFolder, repository } from './locations.ts'

const database = join(repository, 'packages/database')
const made = join(database, 'src/generated/client.ts')
const schema = join(prismaFolder, 'schema.prisma')

/** Whether the database client is missing, or older than the schema: it is made, not kept in the repository. */
export function isClientStale(): boolean {
  return !existsSync(made) || statSync(made).mtimeMs < statSync(schema).mtimeMs
}

/** Makes the database client of the schema, as the package's build does. */
export async function makeClient(opened: (close: () => unknown) => void): Promise<void> {
  const prisma = join(dirname(createRequire(join(database, 'package.json')).resolve('prisma/package.json')), 'build', 'index.js')
  const child = startChild(prisma, { args: ['generate', '--config', join(repository, 'prisma.config.ts')], cwd: database, env: { ...process.env, DO_NOT_TRACK: '1', CHECKPOINT_DISABLE: '1' } })
  opened(() => child.stop())
  const [output, errors, { code }] = await Promise.all([textOf(child.stdout), textOf(child.stderr), child.ended])
  if (code !== 0) throw new Error(`The database client could not be made:\n${errors || output}`)
}
