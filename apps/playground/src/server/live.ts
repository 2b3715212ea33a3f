import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { startChild } from './child.ts'
import { programs, repository } from './locations.ts'
import { terminal } from './terminal.ts'

/** The environment, with .env of the repository where it says nothing. */
export function environment(env: NodeJS.ProcessEnv, file = join(repository, '.env')): NodeJS.ProcessEnv {
  return existsSync(file) ? { ...parseEnv(readFileSync(file, 'utf8')), ...env } : env
}

/** Runs the bot on the real Discord: the deploy first, then the bot until it ends. @returns the exit code */
export async function runOnDiscord(env: NodeJS.ProcessEnv, opened: (close: () => unknown) => void): Promise<number> {
  terminal.say('DISCORD_TOKEN is set: this is the real Discord, on the operator’s database. Unset it for the playground.\n')
  // Both programs must mean the same file, wherever they stand.
  const base = env.INIT_CWD ?? process.cwd()
  const path = env.DATABASE_PATH
  const shared = { ...env, ...(path === undefined || path === '' || path.startsWith('file:') ? {} : { DATABASE_PATH: resolve(base, path) }) }
  const deploy = startChild(programs.migrator, { args: ['deploy'], env: shared, cwd: base, visible: true })
  opened(() => deploy.stop())
  const { code } = await deploy.ended
  if (code !== 0) return code ?? 1
  const bot = startChild(programs.bot, { args: [], env: shared, cwd: base, visible: true })
  opened(() => bot.stop(15_000))
  const end = await bot.ended
  return end.code ?? 1
}
