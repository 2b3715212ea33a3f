import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { DataOverview, DeployRun, DevStatus, Notice } from '../shared/status.ts'
import { localBotEnvironment } from './bot-environment.ts'
import { BotProcess } from './bot-process.ts'
import { dataOverview } from './data-overview.ts'
import { isClientStale, makeClient } from './database-client.ts'
import { Deploys } from './deploy.ts'
import { followDiscord } from './discord-stream.ts'
import type { Workshop } from './endpoints.ts'
import { EventHub } from './event-hub.ts'
import { forgetGames } from './forget-games.ts'
import { deployAtStart } from './last-deploy.ts'
import { startLocalDiscord } from './local-discord.ts'
import { shortPath } from './locations.ts'
import { notices } from './notices.ts'
import { undoPractice } from './practice.ts'
import { loadStarterPack } from './prepare.ts'
import { SimulatedPlayers } from './players/simulated-players.ts'
import { type Changed, sourceFolders, watchFolders } from './source-watch.ts'
import { Studio } from './studio.ts'
import { readableLog, terminal } from './terminal.ts'
import { startWebServer } from './web-server.ts'

export interface DevelopmentOptions {
  readonly dataDir: string
  /** The folder with schema.prisma and migrations/. */
  readonly prismaDir: string
  readonly port: number
  readonly discordPort: number
  /** Another address than loopback, if it was told. */
  readonly host: string | undefined
  readonly watch: boolean
}

/** How long the bot may take until its commands are there, before the address is printed anyway. */
const PATIENCE_MS = 15_000

/**
 * Starts the local Discord, the bot and the page on the development database.
 *
 * @param opened is told how to end each part as it starts, so that it can be ended while others still start
 * @returns the page's address
 */
export async function startDevelopment({ dataDir, prismaDir, port, discordPort, host, watch }: DevelopmentOptions, opened: (close: () => unknown) => void): Promise<string> {
  mkdirSync(dataDir, { recursive: true })
  const database = join(dataDir, 'trivia.db')
  undoPractice(database)
  // Two things that take a moment, and do not need each other.
  await Promise.all([deployAtStart(database, prismaDir), isClientStale() ? makeClient(opened) : null])
  forgetGames(database)
  const hub = new EventHub()
  const [discord] = await Promise.all([startLocalDiscord(discordPort, dataDir), loadStarterPack(database)])
  opened(() => discord.child.stop(2_000))
  void discord.child.ended.then(() => tell((current) => [...current.filter(({ id }) => id !== 'sandbox'), notices.sandboxEnded]))

  let shown: readonly Notice[] = []
  const share = (): void => hub.emit({ type: 'dev', data: JSON.stringify(status()) })
  const tell = (change: (current: readonly Notice[]) => readonly Notice[]): void => {
    shown = change(shown)
    share()
  }
  const bot = new BotProcess({
    env: localBotEnvironment({ token: discord.token, api: discord.api, database }), changed: share,
    log: (line) => {
      const readable = readableLog(line)
      if (readable !== null) terminal.warn(`bot: ${readable}`)
    },
  })
  const deploys = new Deploys({ database, prismaDir }, share)
  const players = new SimulatedPlayers({ origin: discord.origin, database, changed: share })
  const studio = new Studio(database, share)
  const status = (): DevStatus => ({ bot: bot.status, deploy: deploys.run, notices: shown, players: players.status, studio: studio.status, database: shortPath(database) })

  const deploy = async (kind: DeployRun['kind']): Promise<void> => {
    const { report } = await deploys.start(kind)
    if (kind === 'deploy' && report?.exitCode === 0) {
      tell((current) => current.filter((notice) => !notice.deploys))
      // Its files are the bot's: it starts again by itself.
      if (isClientStale()) await makeClient(opened).catch((error: unknown) => terminal.warn(String(error)))
    }
    // A bot that does not serve the new version has ended; it is tried at once.
    if (bot.status.state === 'waiting') void bot.restart('the database was deployed')
  }
  const workshop: Workshop = {
    status,
    data: (): DataOverview => dataOverview(database, prismaDir),
    deploy: (kind) => {
      if (deploys.isRunning) throw new Error('A deploy is running.')
      void deploy(kind)
    },
    restartBot: () => bot.restart('you restarted it'),
    players: (wanted) => players.configure(wanted),
    studio: () => studio.start(),
    dismiss: (id) => tell((current) => current.filter((notice) => notice.id !== id)),
  }

  const following = new AbortController()
  const ready = Promise.withResolvers<null>()
  void followDiscord(discord.origin, (event) => {
    if (event.type === 'message') players.hear(event.data)
    if (event.type === 'gateway' && !event.data.includes('"closed"')) bot.isReady()
    if (event.type === 'commands') ready.resolve(null)
    hub.emit(event)
  }, following.signal)
  bot.start()
  opened(async () => {
    players.stop()
    await Promise.all([bot.stop(), deploys.stop(), studio.stop()])
    following.abort()
  })
  const web = await startWebServer({ port, host, discord: discord.origin, workshop, hub, cacheDir: join(dataDir, 'vite') })
  opened(() => web.close())
  if (watch) {
    const watching = watchFolders<Changed>(sourceFolders(prismaDir), (what, file) => {
      if (what === 'bot') {
        terminal.note(`${shortPath(file)} changed: the bot starts again`)
        void bot.restart(`${shortPath(file)} changed`)
      } else {
        const notice: Notice = what === 'migrations' ? notices.migrations(shortPath(database)) : notices[what]
        terminal.warn(`${notice.text}${notice.command === null ? '' : `  ${notice.command}`}`)
        tell((current) => [...current.filter(({ id }) => id !== notice.id), notice])
      }
    })
    opened(() => watching.close())
  }
  await Promise.race([ready.promise, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS).unref())])
  return web.address
}
