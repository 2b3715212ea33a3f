// For the stock Prisma CLI on this project's database: `pnpm prisma …`. The first line makes it run on
// packages/schema-engine, without a download, telemetry or update checks.
import '@trivia/schema-engine/register'
import { resolve } from 'node:path'
import { defineConfig } from 'prisma/config'

const path = process.env.DATABASE_PATH
const url = path ? `file:${resolve(process.env.INIT_CWD ?? '.', path)}` : (process.env.DATABASE_URL ?? `file:${resolve(import.meta.dirname, 'data/trivia.db')}`)

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url },
  // What the migrator set aside is nobody's model; stock Prisma must not want to drop it.
  experimental: { externalTables: true },
  tables: {
    external: ['schema_version', 'users', 'questions', 'user_achievements', 'weekly_rankings', 'game_sessions', 'user_preferences'].map((table) => `quarantine_${table}`),
  },
})
