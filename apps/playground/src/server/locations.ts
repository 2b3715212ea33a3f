import { isAbsolute, join, relative, resolve } from 'node:path'

export const appFolder = resolve(import.meta.dirname, '../..')
export const repository = resolve(appFolder, '../..')
export const prismaFolder = join(repository, 'prisma')

/** The programs that `pnpm dev` starts. */
export const programs = {
  bot: join(repository, 'apps/bot/bin/bot.js'),
  migrator: join(repository, 'apps/migrator/bin/migrator.js'),
  questions: join(repository, 'packages/questions/bin/questions.js'),
  sandbox: join(repository, 'packages/discord-sandbox/bin/discord-sandbox.js'),
  studio: join(repository, 'scripts/studio/studio.ts'),
} as const

/** A path as people read it: from the repository's folder where it is below it. */
export function shortPath(path: string): string {
  const short = relative(repository, path)
  return short.startsWith('..') || isAbsolute(short) ? path : short
}
