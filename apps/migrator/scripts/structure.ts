/**
 * `pnpm db:structure`: writes what is made of the migrations and the code: prisma/structure.sql and
 * prisma/preserve.schema.json. With --check it only says whether they are up to date (exit 1 when not).
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readMigrations } from '../src/migrations/folder.ts'
import { preserveJsonSchema } from '../src/preservation/declaration.ts'
import { renderStructure } from '../src/structure/reference.ts'

const prismaDir = resolve(import.meta.dirname, '../../../prisma')
const files = {
  'structure.sql': renderStructure(readMigrations(prismaDir)),
  'preserve.schema.json': `${JSON.stringify(preserveJsonSchema(), null, 2)}\n`,
}

for (const [name, content] of Object.entries(files)) {
  const path = join(prismaDir, name)
  if (!process.argv.includes('--check')) {
    writeFileSync(path, content)
    console.log(`wrote prisma/${name}`)
  } else if (read(path) !== content) {
    console.error(`prisma/${name} is out of date: run "pnpm db:structure".`)
    process.exitCode = 1
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
