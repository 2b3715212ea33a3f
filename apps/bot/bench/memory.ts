import { createSandbox } from '@trivia/discord-sandbox'
import { type BenchRow, scratchFolder } from '@trivia/testkit'
import { createDatabase, questions } from '../test/bot-on-sandbox.ts'
import { startChild } from './child.ts'

const SERVERS = 2_500

/** Memory with 2,500 servers of 20 channels and 15 roles each, beside a client that does nothing. */
export async function benchMemory(): Promise<BenchRow[]> {
  const measured = { empty: 0, trivia: 0 }
  for (const kind of ['empty', 'trivia'] as const) {
    using folder = scratchFolder()
    createDatabase(folder.file('trivia.db'), questions(200))
    await using sandbox = await createSandbox({ manyGuilds: { count: SERVERS, channels: 20, roles: 15 } })
    await using bot = await startChild(kind, { DISCORD_TOKEN: sandbox.token, DISCORD_API_URL: sandbox.url, DATABASE_PATH: folder.file('trivia.db') })
    await bot.ready
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    measured[kind] = (await bot.memory()) / 2 ** 20
  }
  return [{ what: `resident memory with ${SERVERS} servers`, ours: measured.trivia, reference: measured.empty, of: 'a bare client', unit: 'MiB' }]
}
