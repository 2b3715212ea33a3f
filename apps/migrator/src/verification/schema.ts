import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Preflight } from '../migrations/examine.ts'
import { folderChecksum } from '../migrations/folder.ts'
import type { Context } from '../pipeline/context.ts'
import { diffFromSchema } from '../prisma/migrate.ts'
import type { Problem } from './problem.ts'

/**
 * What stock Prisma would change to make the database agree with schema.prisma. Where the folder has migrations
 * that schema.prisma and structure.sql do not know yet, that is worth a remark only.
 *
 * @param accepted names of extra objects that may be there
 */
export async function prismaProblems(
  { runPrisma, settings, signal }: Context,
  file: string,
  found: Preflight,
  accepted: readonly string[],
): Promise<{ problems: Problem[]; remarks: string[] }> {
  if (!existsSync(join(settings.prismaDir, 'schema.prisma'))) return { problems: [], remarks: [] }
  const script = await diffFromSchema(runPrisma, { database: file, prismaDir: settings.prismaDir, signal })
  const differences = script
    .split('\n')
    .filter((line) => /^(ALTER|CREATE|DROP)\b/.test(line))
    .filter((line) => !/"quarantine_/.test(line) && !accepted.some((name) => line.includes(`"${name}"`)))
  if (differences.length === 0) return { problems: [], remarks: [] }
  const text = `schema.prisma does not say what the migrations do: ${differences.join(' ')}`
  return isComplete(settings.prismaDir, found) ? { problems: [{ code: 'PRISMA_DIFFERS', text }], remarks: [] } : { problems: [], remarks: [text] }
}

function isComplete(prismaDir: string, { migrations }: Preflight): boolean {
  const file = join(prismaDir, 'structure.sql')
  return existsSync(file) && readFileSync(file, 'utf8').includes(folderChecksum(migrations))
}
