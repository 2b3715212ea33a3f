import { createSandbox } from '@trivia/discord-sandbox'
import { scratchFolder } from '@trivia/testkit'
import { expect, test } from 'vitest'
import { createDatabase, questions } from '../bot-on-sandbox.ts'
import { startChildBot } from '../child-bot.ts'

test('two processes with a shard each serve their own servers, on one database', async () => {
  using folder = scratchFolder()
  const path = folder.file('trivia.db')
  createDatabase(path, questions(20))
  await using sandbox = await createSandbox()
  const servers = [{ guild: sandbox.guild, channel: sandbox.channel }, ...Array.from({ length: 7 }, (_, index) => sandbox.addGuild(`Server ${index}`))]
  const shardOf = (id: string): number => Number((BigInt(id) >> 22n) % 2n)
  const env = { DISCORD_TOKEN: sandbox.token, DISCORD_API_URL: sandbox.url, DATABASE_PATH: path, SHARD_COUNT: '2' }
  const bots = ['0', '1'].map((shard) => startChildBot({ ...env, SHARDS: shard }))
  try {
    const ready = await Promise.all(bots.map((bot) => bot.logged('the bot is ready')))
    expect(ready.map(({ servers: count }) => count)).toEqual([0, 1].map((shard) => servers.filter(({ guild }) => shardOf(guild.id) === shard).length))
    await bots[0]!.logged('commands are registered')
    for (const { channel } of servers) {
      const ada = sandbox.user('Ada').in(channel)
      const { message, error } = await ada.slash('/trivia play', { rounds: 1 })
      expect(error).toBeUndefined()
      await ada.click(message!, message!.buttons.find((label) => label.startsWith('Right')) ?? '')
      await sandbox.until(() => message!.buttons.includes('Report question'), 10_000)
    }
    // The process without the first shard has registered nothing.
    expect(bots[1]!.log.some(({ msg }) => msg === 'commands are registered')).toBe(false)
  } finally {
    await Promise.all(bots.map((bot) => bot.end('SIGTERM')))
  }
})
