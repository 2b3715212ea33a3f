import { Connection } from '@trivia/database/connection'
import { createSandbox, type Sandbox } from '@trivia/discord-sandbox'
import { scratchFolder } from '@trivia/testkit'
import { Events, SlashCommandBuilder } from 'discord.js'
import { createGallery } from '../../src/charts/index.ts'
import { achievements } from '../../src/commands/achievements.ts'
import { describedCommand } from '../../src/commands/described.ts'
import { friends } from '../../src/commands/friends.ts'
import { group } from '../../src/commands/group.ts'
import { leaderboard } from '../../src/commands/leaderboard.ts'
import { privacy } from '../../src/commands/privacy.ts'
import { rank } from '../../src/commands/rank.ts'
import { report } from '../../src/commands/report.ts'
import { settings } from '../../src/commands/settings.ts'
import { stats } from '../../src/commands/stats.ts'
import { friendsButton } from '../../src/components/friends.ts'
import { boardButton } from '../../src/components/leaderboard.ts'
import { privacyButton } from '../../src/components/privacy.ts'
import { createDispatcher, type Outcome } from '../../src/discord/dispatch.ts'
import { createLog } from '../../src/log.ts'
import { createClient } from '../../src/runtime/client.ts'
import { registerCommands } from '../../src/runtime/register.ts'
import { openStore } from '../../src/store/index.ts'
import { createTexts } from '../../src/texts/index.ts'
import { createDatabase } from '../bot-on-sandbox.ts'

const commands = [leaderboard, rank, stats, report, achievements, settings, friends, group, privacy]

/** A bot with what players have among themselves, on a local Discord. */
export interface SocialStage extends AsyncDisposable {
  readonly sandbox: Sandbox
  /** A connection of the test's own. */
  readonly db: Connection
  /** What became of each interaction. */
  readonly outcomes: readonly Outcome[]
}

/** Everything real but the other commands: Discord's library, the dispatcher, the store with its workers. */
export async function socialStage(): Promise<SocialStage> {
  const folder = scratchFolder()
  const path = folder.file('trivia.db')
  createDatabase(path, [])
  const sandbox = await createSandbox()
  const clock = { now: () => sandbox.clock.now() }
  const texts = createTexts()
  const { log } = createLog('silent')
  const gallery = createGallery()
  const store = openStore({ path, now: clock.now })
  const client = createClient({ apiUrl: sandbox.url, shards: 'auto', shardCount: null })
  const outcomes: Outcome[] = []
  const dispatch = createDispatcher(
    { store, clock, texts, log, gallery, apiUrl: sandbox.url },
    {
      commands: new Map(commands.map((command) => [`trivia ${command.name}`, command])),
      components: new Map([['board', boardButton], ['friends', friendsButton], ['privacy', privacyButton]]), modals: new Map(),
    },
    { firstAnswer: () => {}, outcome: (_, outcome) => outcomes.push(outcome) },
  )
  client.on(Events.InteractionCreate, (interaction) => void dispatch(interaction))
  const ready = Promise.withResolvers<unknown>()
  client.once(Events.ClientReady, ready.resolve)
  await client.login(sandbox.token)
  await ready.promise
  const trivia = describedCommand(new SlashCommandBuilder(), texts, 'trivia')
  for (const command of commands) trivia.addSubcommand((builder) => command.describe(builder, texts))
  await registerCommands(client.rest, client.application?.id ?? '', [trivia.toJSON()], null)
  const db = new Connection({ path })
  return {
    sandbox, db, outcomes,
    [Symbol.asyncDispose]: async () => {
      db.close()
      await client.destroy()
      await Promise.all([sandbox.close(), store.close(), gallery.close()])
      folder.remove()
    },
  }
}
