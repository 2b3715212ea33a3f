// For the stock Prisma CLI on this project's database: `pnpm prisma …`. The first line makes it run on
// packages/schema-engine, without a download, telemetry or update checks.
import '@trivia/schema-engine/register'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { defineConfig } from 'prisma/config'

const path = process.env.DATABASE_PATH
const url = path ? `file:${resolve(process.env.INIT_CWD ?? '.', path)}` : (process.env.DATABASE_URL ?? `file:${resolve(import.meta.dirname, 'data/trivia.db')}`)

// The names that schema.prisma maps its models to.
const ownTables = [...readFileSync(resolve(import.meta.dirname, 'prisma/schema.prisma'), 'utf8').matchAll(/@@map\("(\w+)"\)/g)].map(([, table]) => table)

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url },
  // What the migrator set aside is nobody's model; stock Prisma must not want to drop it.
  experimental: { externalTables: true },
  tables: {
    external: ownTables.map((table) => `quarantine_${table}`),
  },
})
