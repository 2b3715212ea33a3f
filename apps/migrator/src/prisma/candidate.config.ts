import { join } from 'node:path'

// What the Prisma CLI reads when the migrator runs it: the folder and the candidate come from the environment.
const prismaDir = process.env.MIGRATOR_PRISMA_DIR ?? '.'

export default {
  schema: join(prismaDir, 'schema.prisma'),
  migrations: { path: process.env.MIGRATOR_MIGRATIONS_DIR ?? join(prismaDir, 'migrations') },
  datasource: { url: process.env.MIGRATOR_DATABASE_URL },
}
