// A command in a process of its own, at a time that the test chooses: COMMAND DATABASE TIME [OPTIONS AS JSON].
import { dirname, join } from 'node:path'
import { repositoryRoot } from '@trivia/testkit'
import { backupDrill } from '../src/commands/backup-drill.ts'
import { backupPrune } from '../src/commands/backup-prune.ts'
import type { CommandInput } from '../src/commands/command.ts'
import { rehearse } from '../src/commands/deploy.ts'
import { recover } from '../src/commands/recover.ts'
import { restore } from '../src/commands/restore.ts'
import { scheduleRun } from '../src/commands/schedule-run.ts'

const [command, database = '', time = '', options = '{}'] = process.argv.slice(2)
const input: CommandInput = {
  settings: { database, backupDir: join(dirname(database), 'backups'), prismaDir: join(repositoryRoot, 'prisma') },
  json: true, quiet: false, verbose: false, terminal: process, cwd: dirname(database), argv: [], now: () => new Date(time), signal: new AbortController().signal,
}
const run = {
  drill: () => backupDrill(input, { file: undefined }),
  prune: () => backupPrune(input, JSON.parse(options) as object),
  recover: () => recover(input, {}),
  rehearse: () => rehearse(input, { legacyTimezone: 'UTC', maxHold: 60 }),
  restore: () => restore(input, { file: undefined, latest: true }),
  schedule: () => scheduleRun(input, {}),
}[command ?? '']
if (run === undefined) throw new Error(`There is no ${command}.`)
const result = await run()
process.stdout.write(JSON.stringify(result.json))
process.exitCode = result.exitCode
