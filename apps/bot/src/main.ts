import { resolve } from 'node:path'
import { Command, CommanderError } from 'commander'
import { readConfig } from './config.ts'
import { BotError } from './errors.ts'
import { createLog } from './log.ts'

/** The process, as far as the program needs it. */
export type Host = Pick<NodeJS.Process, 'env' | 'cwd' | 'stderr' | 'stdout' | 'on' | 'removeListener' | 'kill' | 'pid'>

const packageRoot = resolve(import.meta.dirname, '..')

/** A signal reaches a process more than once where its parent passes it on, in milliseconds. */
const SAME_STROKE = 1_000

/** Runs the bot, or registers its commands. @returns the exit code: 0, 1 a bug, 2 wrong settings, 3 refused */
export async function main(args: readonly string[], host: Host): Promise<number> {
  let exitCode = 0
  const program = new Command('trivia-bot')
    .description('The Discord bot that people play trivia with. Settings: .env.example.')
    .exitOverride()
    .configureOutput({ writeOut: (text) => void host.stdout.write(text), writeErr: (text) => void host.stderr.write(text) })
  program.command('run', { isDefault: true }).description('run the bot until it is told to stop').action(async () => {
    exitCode = await run(host)
  })
  program.command('register').description('register the commands with Discord, if they have changed')
    .option('--guild <id>', 'in this server only, where they are there at once')
    .option('--json', 'one JSON document on standard output')
    .action(async (options: { guild?: string; json?: boolean }) => {
      exitCode = await register(host, options)
    })
  try {
    // pnpm may leave its own separator.
    await program.parseAsync(args.filter((each) => each !== '--'), { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (!(error instanceof BotError)) throw error
    host.stderr.write(`${error.describe()}\n`)
    return error.exitCode
  }
}

/**
 * Where the caller stands: pnpm starts scripts in the package's folder and leaves the caller's in INIT_CWD; a process
 * further down inherits INIT_CWD without standing there, so it only counts in that folder.
 */
function settings({ env, cwd }: Host): ReturnType<typeof readConfig> {
  const here = cwd()
  return readConfig(env, env.INIT_CWD && resolve(here) === packageRoot ? env.INIT_CWD : here)
}

async function run(host: Host): Promise<number> {
  const config = settings(host)
  // discord.js reads these itself, in another form, and stumbles over it.
  delete host.env.SHARDS
  delete host.env.SHARD_COUNT
  const { log } = createLog(config.logLevel)
  const { startBot } = await import('./runtime/bot.ts')
  const asked = Promise.withResolvers<null>()
  let askedAt: number | undefined
  // Also while it starts: it then stops as soon as it can. Whoever asks again, and not by the same stroke, does not wait.
  const stop = (): void => {
    askedAt ??= performance.now()
    if (performance.now() - askedAt > SAME_STROKE) host.kill(host.pid, 'SIGKILL')
    asked.resolve(null)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) host.on(signal, stop)
  const bot = await startBot({ config, log })
  void asked.promise.then(() => bot.stop())
  if (bot.address !== null) log.info({ address: bot.address }, '/healthz and /metrics are there')
  const reason = await bot.stopped
  for (const signal of ['SIGINT', 'SIGTERM'] as const) host.removeListener(signal, stop)
  if (reason === null) return 0
  host.stderr.write(`${reason.describe()}\n`)
  return reason.exitCode
}

async function register(host: Host, { guild, json }: { guild?: string; json?: boolean }): Promise<number> {
  const config = settings(host)
  const { registerOnce } = await import('./runtime/register-once.ts')
  const result = await registerOnce(config, guild ?? config.registerGuild)
  const where = result.guild === null ? 'everywhere' : `in server ${result.guild}`
  host.stdout.write(json === true ? `${JSON.stringify(result)}\n` : `${result.changed ? '✔ registered' : '✔ unchanged'}: ${result.commands} commands ${where}\n`)
  return 0
}
