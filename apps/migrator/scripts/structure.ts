/**
 * `pnpm db:structure`: writes what is made of the migrations and the code: prisma/structure.sql and
 * prisma/preserve.schema.json. With --check it only says whether they are up to date (exit 1 when not).
 */
import { resolve } from 'node:path'
import { derivedFiles, renewDerivedFiles } from '../src/authoring/derived-files.ts'
import { readMigrations } from '../src/migrations/folder.ts'

const prismaDir = resolve(import.meta.dirname, '../../../prisma')
const migrations = readMigrations(prismaDir)

if (process.argv.includes('--check')) {
  for (const { name } of derivedFiles(prismaDir, migrations).filter((file) => !file.isCurrent)) {
    console.error(`prisma/${name} is out of date: run "pnpm db:structure".`)
    process.exitCode = 1
  }
} else {
  const written = renewDerivedFiles(prismaDir, migrations)
  for (const { name } of written) console.log(`wrote prisma/${name}`)
  if (written.length === 0) console.log('prisma/structure.sql and prisma/preserve.schema.json are up to date')
}
