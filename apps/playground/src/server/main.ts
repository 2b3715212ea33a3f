import { styleText } from 'node:util'
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { startDevelopment } from './development.ts'
import { Lifetime } from './lifetime.ts'
import { environment, runOnDiscord } from './live.ts'
import { prismaFolder, repository } from './locations.ts'
import { stopPreparing } from './prepare.ts'
import { terminal } from './terminal.ts'

const program = new Command('dev')
  .description('The bot in a browser, on a local Discord: no account, no token. With DISCORD_TOKEN set: the bot on the real Discord.')
  .option('--port <number>', 'the page’s preferred port; the next free one is taken', '4700')
  .option('--host <address>', 'listen on this address instead of loopback: whoever reaches it can control the playground')
  .option('--data-dir <dir>', 'where the development database is', join(repository, 'data/dev'))
  .option('--prisma-dir <dir>', 'the folder with schema.prisma and migrations/', prismaFolder)
  .option('--no-watch', 'do not start the bot again when its source changes')
  .parse(process.argv.filter((each) => each !== '--'))
const options = program.opts<{ port: string; host?: string; dataDir: string; prismaDir: string; watch: boolean }>()

const beganAt = performance.now()
const lifetime = new Lifetime(process)
const env = environment(process.env)

if ((env.DISCORD_TOKEN ?? '').trim() !== '') {
  const code = await runOnDiscord(env, lifetime.opened)
  if (!lifetime.isEnding) process.exitCode = code
  await lifetime.end()
} else {
  lifetime.opened(stopPreparing)
  try {
    const port = Number(options.port)
    const here = process.env.INIT_CWD ?? process.cwd()
    const address = await startDevelopment({ dataDir: resolve(here, options.dataDir), prismaDir: resolve(here, options.prismaDir), port, discordPort: port + 20, host: options.host, watch: options.watch }, lifetime.opened)
    if (!lifetime.isEnding) terminal.say(`\n  ${styleText('bold', 'Trivia is ready:')} ${styleText(['cyan', 'underline'], address)}  ${styleText('dim', `(${((performance.now() - beganAt) / 1000).toFixed(1)} s; Ctrl-C ends everything)`)}\n`)
  } catch (error) {
    if (!lifetime.isEnding) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
      process.exitCode = 1
      void lifetime.end()
    }
  }
  await lifetime.ended
}
process.exit()
