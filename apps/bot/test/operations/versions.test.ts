import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createSandbox } from '@trivia/discord-sandbox'
import { addMigration, copyPrismaDir, createLegacyDatabase, runMigrator, type ScratchFolder, scratchFolder } from '@trivia/testkit'
import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'
import { startBot } from '../../src/runtime/bot.ts'
import { served, type ServedVersions } from '../../src/runtime/schema-range.ts'

// docs/examples/two-versions.md: one release serves the version before a migration and the one after it.

const BEFORE: ServedVersions = { from: served.from, to: served.to - 1 }

/** The Prisma folder as a release of before had it. */
function prismaDirOfBefore(folder: ScratchFolder): string {
  const prisma = copyPrismaDir(folder.file('prisma-of-before'))
  const names = readdirSync(join(prisma, 'migrations')).filter((name) => /^\d/.test(name)).sort()
  rmSync(join(prisma, 'migrations', names.at(-1)!), { recursive: true })
  // These tell of the version after it.
  for (const file of ['schema.prisma', 'structure.sql']) rmSync(join(prisma, file))
  writeFileSync(join(prisma, 'schema.prisma'), 'datasource db {\n  provider = "sqlite"\n}\n')
  return prisma
}

async function deploy(database: string, prisma?: string): Promise<void> {
  const run = await runMigrator(['deploy', '--json', '--database', database, ...(prisma === undefined ? [] : ['--prisma-dir', prisma])])
  expect(run.exitCode, run.stdout).toBe(0)
}

function withDatabase<T>(path: string, work: (database: Sqlite.Database) => T): T {
  const database = new Sqlite(path)
  try {
    return work(database)
  } finally {
    database.close()
  }
}

/** A bot that was made for some versions, and somebody who plays a round with it and looks at their statistics. */
async function play(path: string, folder: string, versions: ServedVersions): Promise<{ stats: string; left: string | null }> {
  await using discord = await createSandbox()
  const config = readConfig({ DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.url, DATABASE_PATH: path, LOG_LEVEL: 'silent' }, folder)
  const bot = await startBot({ config, log: createLog('silent').log, clock: { now: () => discord.clock.now() }, versions })
  try {
    await bot.registered
    const ada = discord.user('Ada')
    const question = await ada.slash('/trivia play')
    const options = withDatabase(path, (database) => database.prepare('SELECT q.correct_answer AS answer FROM game_rounds AS r JOIN questions AS q ON q.id = r.question_id ORDER BY r.id DESC').get()) as { answer: string }
    expect(JSON.stringify(question)).toContain('Time is up')
    const [message] = ada.messages().slice(-1)
    if (message === undefined) throw new Error('There is no question.')
    await ada.click(message, options.answer)
    await expect.poll(() => withDatabase(path, (database) => database.prepare("SELECT count(*) FROM answers AS a JOIN users AS u USING (user_id) WHERE u.name = 'Ada' AND a.is_correct = 1").pluck().get())).toBe(1)
    const stats = JSON.stringify(await ada.slash('/trivia stats'))
    // What the database says when the release after next contracts it.
    withDatabase(path, (database) => database.exec('INSERT INTO schema_version (version) VALUES (99)'))
    const left = await bot.stopped
    return { stats, left: left?.code ?? null }
  } finally {
    await bot.stop()
  }
}

/** An adopted database with multiple-choice questions only, and somebody called Ada to be. */
async function adopted(folder: ScratchFolder, prisma?: string): Promise<string> {
  const { path } = createLegacyDatabase(folder.file('trivia.db'), { journalMode: 'wal' })
  await deploy(path, prisma)
  withDatabase(path, (database) => database.exec("UPDATE questions SET state = 'retired' WHERE question_type <> 'multiple_choice'"))
  return path
}

test('the new bot on the schema of before plays, and leaves out what that has not', async () => {
  using folder = scratchFolder()
  const path = await adopted(folder, prismaDirOfBefore(folder))
  expect(withDatabase(path, (database) => database.prepare('SELECT max(version) FROM schema_version').pluck().get())).toBe(BEFORE.to)
  const { stats, left } = await play(path, folder.path, served)
  expect(stats).toContain('Best week: ')
  expect(left).toBe('SCHEMA_TOO_NEW')
})

test('the bot of before on the new schema plays, because the schema says that it serves it', async () => {
  using folder = scratchFolder()
  const path = await adopted(folder)
  const { stats, left } = await play(path, folder.path, BEFORE)
  expect(stats).toContain('Best week: ')
  expect(left).toBe('SCHEMA_TOO_NEW')
})

test('a schema that was contracted since then does not serve it', async () => {
  using folder = scratchFolder()
  const path = await adopted(folder)
  const prisma = copyPrismaDir(folder.file('prisma'))
  addMigration(prisma, '20300101000000_contract', 'INSERT INTO schema_version (version, serves_from) VALUES (98, 11);')
  await deploy(path, prisma)
  await expect(play(path, folder.path, BEFORE)).rejects.toThrow(/version 98/)
})
