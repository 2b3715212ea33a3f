import { createSandbox, type Sandbox, type SandboxOptions } from '@trivia/discord-sandbox'
import { createLegacyDatabase, newestVersion, runMigrator, type ScratchFolder, scratchFolder, structureSql } from '@trivia/testkit'
import Sqlite from 'better-sqlite3'
import { createLog } from '../src/log.ts'
import { startBot } from '../src/runtime/bot.ts'
import { readConfig } from '../src/config.ts'

/** A question as a test needs it. */
export interface TestQuestion {
  text: string
  type?: 'multiple_choice' | 'true_false' | 'fill_blank'
  difficulty?: 'easy' | 'medium' | 'hard'
  category?: string
  answer: string
  options?: readonly string[]
  variations?: readonly string[]
  explanation?: string
}

/** Makes a new database of the newest version with these questions. */
export function createDatabase(path: string, questions: readonly TestQuestion[]): void {
  const database = new Sqlite(path)
  database.exec(structureSql())
  database.pragma('journal_mode = WAL')
  database.exec(`INSERT INTO schema_version (version) VALUES (${newestVersion()})`)
  insertQuestions(database, questions)
  database.close()
}

/** A database of the older system, brought here by the migrator; its questions make room for these. */
export async function createAdoptedDatabase(path: string, questions: readonly TestQuestion[]): Promise<void> {
  createLegacyDatabase(path, { journalMode: 'wal' })
  const run = await runMigrator(['deploy', '--database', path, '--json'])
  if (run.exitCode !== 0) throw new Error(run.stdout)
  const database = new Sqlite(path)
  database.pragma('foreign_keys = ON')
  database.exec('DELETE FROM questions')
  insertQuestions(database, questions)
  database.close()
}

function insertQuestions(database: Sqlite.Database, questions: readonly TestQuestion[]): void {
  const insert = database.prepare('INSERT INTO questions (question_text, question_type, difficulty, category, correct_answer, options, answer_variations, explanation) VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  for (const { text, type = 'multiple_choice', difficulty = 'easy', category = 'History', answer, options, variations, explanation } of questions) {
    insert.run(text, type, difficulty, category, answer, options === undefined ? null : JSON.stringify(options), variations === undefined ? null : JSON.stringify(variations), explanation ?? null)
  }
}

/** Multiple-choice questions whose right answer is "Right N". */
export function questions(count: number, more: Partial<TestQuestion> = {}): TestQuestion[] {
  return Array.from({ length: count }, (_, index) => ({
    text: `Question number ${index}?`, answer: `Right ${index}`, options: [`Right ${index}`, `Wrong A${index}`, `Wrong B${index}`, `Wrong C${index}`], explanation: `Because of ${index}.`, ...more,
  }))
}

/** A bot that plays on a local Discord. */
export interface Stage extends AsyncDisposable {
  readonly sandbox: Sandbox
  readonly folder: ScratchFolder
  readonly path: string
  /** Reads the database, as somebody else would. */
  rows<Row>(sql: string, ...parameters: readonly unknown[]): Row[]
  restart(): Promise<void>
}

export async function stage(list: readonly TestQuestion[], prepare: (path: string) => void | Promise<void> = (path) => createDatabase(path, list), options: SandboxOptions = {}): Promise<Stage> {
  const folder = scratchFolder()
  const path = folder.file('trivia.db')
  await prepare(path)
  const sandbox = await createSandbox(options)
  const config = readConfig({ DISCORD_TOKEN: sandbox.token, DISCORD_API_URL: sandbox.url, DATABASE_PATH: path, LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent' }, folder.path)
  const start = () => startBot({ config, log: createLog(config.logLevel).log, clock: { now: () => sandbox.clock.now() } })
  let bot = await start()
  await bot.registered
  return {
    sandbox, folder, path,
    rows: <Row>(sql: string, ...parameters: readonly unknown[]) => {
      const database = new Sqlite(path, { readonly: true })
      try {
        return database.prepare(sql).all(...parameters) as Row[]
      } finally {
        database.close()
      }
    },
    restart: async () => {
      await bot.stop()
      bot = await start()
    },
    [Symbol.asyncDispose]: async () => {
      await bot.stop()
      await sandbox.close()
      folder.remove()
    },
  }
}
