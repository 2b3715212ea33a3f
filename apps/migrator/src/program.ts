import { Command, InvalidArgumentError, Option } from 'commander'
import type { CommandInput, CommandResult } from './commands/command.ts'
import type { DeployFlags } from './commands/deploy.ts'
import type { BackupFlags } from './backups/options.ts'
import type { PruneFlags } from './commands/backup-prune.ts'
import type { ArchiveFlags } from './commands/archive.ts'
import type { HistoryFlags } from './commands/history.ts'
import type { LintFlags } from './commands/lint.ts'
import type { NewFlags } from './commands/new.ts'
import type { RecoverFlags } from './commands/recover.ts'
import { commandName } from './metrics/command-name.ts'
import { type BackupType, requestedTypes } from './backups/types.ts'

/** Runs a command with its options and arguments; given by main. */
export type RunCommand = (options: object, run: (input: CommandInput) => Promise<CommandResult>) => Promise<void>

/** Adds the options of all commands. */
function withCommonOptions(command: Command): Command {
  return command
    .addOption(new Option('--database <path>', 'the database; else DATABASE_PATH, else DATABASE_URL, else data/trivia.db'))
    .addOption(new Option('--backup-dir <dir>', "where backups are; else the folder backups beside the database"))
    .addOption(new Option('--prisma-dir <dir>', 'the folder with schema.prisma, migrations/ and structure.sql; else prisma/ of the repository'))
    .addOption(new Option('--metrics-file <path>', 'write metrics for Prometheus there when the command has ended'))
    .addOption(new Option('--json', 'print one JSON document on stdout, and nothing else there'))
    .addOption(new Option('--verbose', 'tell more'))
    .addOption(new Option('--quiet', 'tell only the end'))
}

function withBackupOptions(command: Command): Command {
  return withCommonOptions(command)
    .addOption(new Option('--compress', 'with zstd; else as BACKUP_COMPRESS says'))
    .addOption(new Option('--copy-to <dir>', 'a second folder, on another disk or a mounted bucket; else BACKUP_COPY_DIR'))
}

function withDeployOptions(command: Command): Command {
  return withCommonOptions(command)
    .addOption(new Option('--quarantine', 'set rows that the new schema cannot take aside, instead of refusing'))
    .addOption(new Option('--legacy-timezone <zone>', "the time zone of players' times in a database of the older system").default('UTC'))
    .addOption(new Option('--max-hold <seconds>', 'for how long writers may be held back when they never pause').default(60).argParser(seconds))
}

const examples = (lines: readonly string[]): string => `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}\n`

/**
 * The command line. It declares only: a command's code is loaded when it is called, so that a deploy with
 * nothing to do starts fast.
 *
 * @param begins is told which command begins, such as "backup verify"
 */
export function createProgram(run: RunCommand, begins: (command: string) => void = () => {}): Command {
  const program = new Command('migrator')
    .description('Migrates the trivia database without losing a row: prisma migrate deploy on a copy, proven, then published.')
    .showHelpAfterError('(migrator COMMAND --help shows what it takes)')
    .addHelpText('after', `${examples(['migrator deploy', 'migrator status', 'migrator backup --type daily', 'migrator restore --latest'])}\nExit codes: 0 done or nothing to do, 1 a bug, 2 wrong usage, 3 refused and nothing touched,\n4 the migration failed and the database is as before, 5 something has to be done by hand.\n`)

  program.hook('preAction', (_, command) => begins(commandName(command)))

  withDeployOptions(program.command('deploy'))
    .description('bring the database to the newest version, or leave it exactly as it was')
    .addHelpText('after', examples(['migrator deploy', 'migrator deploy --database /srv/trivia/trivia.db --legacy-timezone Europe/Berlin', 'migrator deploy --quarantine --json']))
    .action((options: DeployFlags) => run(options, async (input) => (await import('./commands/deploy.ts')).deploy(input, options)))

  withDeployOptions(program.command('rehearse'))
    .description('do all that a deploy does on a copy, and publish nothing')
    .addHelpText('after', examples(['migrator rehearse', 'migrator rehearse --database data/trivia_staging.db --verbose']))
    .action((options: DeployFlags) => run(options, async (input) => (await import('./commands/deploy.ts')).rehearse(input, options)))

  withCommonOptions(program.command('archive'))
    .description('move ended games and weekly rankings that are old to archive tables; nothing is lost')
    .addOption(new Option('--older-than <age>', 'an age such as 30d, 12w, 6m or 2y, or a day (YYYY-MM-DD, UTC); at least 7 days').makeOptionMandatory())
    .addOption(new Option('--dry-run', 'do it on a copy, and publish nothing'))
    .addOption(new Option('--max-hold <seconds>', 'for how long writers may be held back when they never pause').default(60).argParser(seconds))
    .addHelpText('after', examples(['migrator archive --older-than 1y --dry-run', 'migrator archive --older-than 6m']))
    .action((options: ArchiveFlags) => run(options, async (input) => (await import('./commands/archive.ts')).archive(input, options)))

  addBackupCommands(program, run)
  addScheduleCommands(program, run)

  withCommonOptions(program.command('restore [file]'))
    .description('bring a backup back, also under open readers and over a damaged database')
    .addOption(new Option('--latest', 'the newest finished backup of this database'))
    .addHelpText('after', examples(['migrator restore --latest', 'migrator restore data/backups/trivia_pre_migration_20261123T031500000Z.db']))
    .addOption(new Option('--without-deletions', 'go on although the ledger of deletions cannot be read'))
    .action((file: string | undefined, options: { latest?: boolean; withoutDeletions?: boolean }) => run(options, async (input) =>
      (await import('./commands/restore.ts')).restore(input, { file, latest: options.latest === true, withoutDeletions: options.withoutDeletions === true })))

  withCommonOptions(program.command('recover'))
    .description('save what a damaged database still holds into a new file, compare it with the newest backup, and show the choices')
    .addOption(new Option('--to <file>', 'the new file; else in the folder recovered beside the database'))
    .addOption(new Option('--merge', 'also a file of both: the newest backup, and what only the damaged file has'))
    .addOption(new Option('--without-deletions', 'go on although the ledger of deletions cannot be read'))
    .addHelpText('after', examples(['migrator recover', 'migrator recover --merge', 'migrator recover --to /mnt/spare/trivia.db --json']))
    .action((options: RecoverFlags) => run(options, async (input) => (await import('./commands/recover.ts')).recover(input, options)))

  withCommonOptions(program.command('status'))
    .description('versions, migrations, backups, and whether all is well')
    .addOption(new Option('--watch', 'draw sizes, backups, the last deploy and the slowest queries until Ctrl-C'))
    .addOption(new Option('--interval <seconds>', 'how often to look, at least 0.1').default(2).argParser(interval))
    .addHelpText('after', examples(['migrator status', 'migrator status --json', 'migrator status --watch']))
    .action((options: { watch?: boolean; interval: number }) => run(options, async (input) => (options.watch === true
      ? (await import('./commands/status-watch.ts')).statusWatch(input, options.interval)
      : (await import('./commands/status.ts')).status(input))))

  withCommonOptions(program.command('validate'))
    .description("the guide's checks of the data and more, beside the figures of the last backups; exit 3 on broken rows")
    .addHelpText('after', examples(['migrator validate', 'migrator validate --json | jq .negative_points']))
    .action((options: object) => run(options, async (input) => (await import('./commands/validate.ts')).validate(input)))

  withCommonOptions(program.command('check'))
    .description('integrity_check and foreign_key_check; exit 3 on findings')
    .addHelpText('after', examples(['migrator check', 'migrator check --database data/trivia_staging.db']))
    .action((options: object) => run(options, async (input) => (await import('./commands/check.ts')).check(input)))

  withCommonOptions(program.command('lint [migrations...]'))
    .description('what is wrong with migrations before they meet data: the pending ones, or those named; exit 3 on errors')
    .addOption(new Option('--format <format>', 'for people, or as annotations of a pull request').choices(['text', 'github']).default('text'))
    .addHelpText('after', examples(['migrator lint', 'migrator lint 20300101000000_more_points', 'migrator lint --json', 'migrator lint --format github']))
    .action((migrations: string[], options: LintFlags) => run(options, async (input) => (await import('./commands/lint.ts')).lint(input, migrations, options)))

  withCommonOptions(program.command('new <name...>'))
    .description('make a migration of what changed in schema.prisma, and try it on copies; exit 3 on lint errors, 4 when a rehearsal fails')
    .addOption(new Option('--empty', 'also without a change in schema.prisma: for rows alone'))
    .addOption(new Option('--why <reason>', 'the reason for what goes away or changes, for preserve.json'))
    .addHelpText('after', examples(['migrator new player mottos', 'migrator new anniversary --empty', 'migrator new drop_old_scores --why "nobody reads them"']))
    .action((name: string[], options: NewFlags) => run(options, async (input) => (await import('./commands/new.ts')).newMigration(input, name, options)))

  addReportCommands(program, run)

  withCommonOptions(program.command('optimize'))
    .description('renew statistics; show fragmentation, use of indexes, and the plans of the common queries')
    .addOption(new Option('--vacuum', 'also give back unused space'))
    .addHelpText('after', examples(['migrator optimize', 'migrator optimize --vacuum']))
    .action((options: { vacuum?: boolean }) => run(options, async (input) => (await import('./commands/optimize.ts')).optimize(input, { vacuum: options.vacuum === true })))

  addQuarantineCommands(program, run)
  return program
}

function addReportCommands(program: Command, run: RunCommand): void {
  withCommonOptions(program.command('history'))
    .description('past deploys and rehearsals of the database, the newest first')
    .addOption(new Option('--limit <n>', 'at most so many').default(20).argParser(amount))
    .addHelpText('after', examples(['migrator history', 'migrator history --limit 100 --json']))
    .action((options: HistoryFlags) => run(options, async (input) => (await import('./commands/history.ts')).history(input, options)))

  withCommonOptions(program.command('report [file]'))
    .description('a past deploy or rehearsal in short, and its page; the newest by default')
    .addOption(new Option('--latest', 'the newest report of this database'))
    .addOption(new Option('--open', 'show the page in the default browser'))
    .addHelpText('after', examples(['migrator report', 'migrator report --open', 'migrator report 20261123T031500000Z']))
    .action((file: string | undefined, options: { latest?: boolean; open?: boolean }) => run(options, async (input) =>
      (await import('./commands/report.ts')).report(input, { file, latest: options.latest === true, open: options.open === true })))
}

function addBackupCommands(program: Command, run: RunCommand): void {
  const backup = withBackupOptions(program.command('backup'))
    .description('make a backup: online, consistent, whole in one file, checked')
    .addOption(new Option('--type <type>', 'what it is for').choices([...requestedTypes]).default('manual'))
    .addHelpText('after', examples(['migrator backup', 'migrator backup --type daily --json', 'migrator backup list', 'migrator backup verify --all']))
    .action((options: { type: BackupType } & BackupFlags) => run(options, async (input) => (await import('./commands/backup.ts')).backup(input, options)))

  withCommonOptions(backup.command('list'))
    .description('the backups, the newest first')
    .addHelpText('after', examples(['migrator backup list', 'migrator backup list --json']))
    .action((_options: object, command: Command) => run(command.optsWithGlobals(), async (input) => (await import('./commands/backup-list.ts')).backupList(input)))

  withCommonOptions(backup.command('verify [file]'))
    .description('hash, integrity, foreign keys and row counts of a backup against its manifest; the newest by default; exit 3 on findings')
    .addOption(new Option('--all', 'every backup of the folder'))
    .addHelpText('after', examples(['migrator backup verify', 'migrator backup verify --all', 'migrator backup verify data/backups/trivia_daily_20261123T031500000Z.db']))
    .action((file: string | undefined, options: { all?: boolean }, command: Command) =>
      run(command.optsWithGlobals(), async (input) => (await import('./commands/backup-verify.ts')).backupVerify(input, { file, all: options.all === true })))

  withCommonOptions(backup.command('drill [file]'))
    .description('bring a backup back in a place of its own and look at everything; the newest by default; exit 3 on findings')
    .addHelpText('after', examples(['migrator backup drill', 'migrator backup drill --json']))
    .action((file: string | undefined, _options: object, command: Command) => run(command.optsWithGlobals(), async (input) => (await import('./commands/backup-drill.ts')).backupDrill(input, { file })))

  withCommonOptions(backup.command('prune'))
    .description('remove the backups that no rule keeps; without flags by BACKUP_KEEP…, or else the defaults')
    .addOption(new Option('--keep <n>', 'the last n of each type'))
    .addOption(new Option('--keep-days <n>', 'everything of the last n days'))
    .addOption(new Option('--keep-daily <n>', 'the last one of each of n days'))
    .addOption(new Option('--keep-weekly <n>', 'the last one of each of n ISO weeks'))
    .addOption(new Option('--keep-monthly <n>', 'the last one of each of n months'))
    .addOption(new Option('--dry-run', 'only show what would go, and why the others stay'))
    .addHelpText('after', examples(['migrator backup prune --dry-run', 'migrator backup prune --keep 5']))
    .action((_options: object, command: Command) => run(command.optsWithGlobals(), async (input) => (await import('./commands/backup-prune.ts')).backupPrune(input, command.optsWithGlobals<PruneFlags>())))
}

function addScheduleCommands(program: Command, run: RunCommand): void {
  const schedule = program.command('schedule').description('what cron or systemd calls: backups that are due')
    .addHelpText('after', examples(['migrator schedule run']))

  withBackupOptions(schedule.command('run'))
    .description('make the backups that are due, try one out each week, copy, and remove old ones; as often as you like')
    .addHelpText('after', examples(['migrator schedule run', 'migrator schedule run --verbose']))
    .action((options: BackupFlags) => run(options, async (input) => (await import('./commands/schedule-run.ts')).scheduleRun(input, options)))
}

function addQuarantineCommands(program: Command, run: RunCommand): void {
  const quarantine = program.command('quarantine').description('rows that were set aside')
    .addHelpText('after', examples(['migrator quarantine list', 'migrator quarantine restore users --all --set total_points=0']))

  withCommonOptions(quarantine.command('list'))
    .description('what is in quarantine, and why')
    .addHelpText('after', examples(['migrator quarantine list', 'migrator quarantine list --json']))
    .action((options: object) => run(options, async (input) => (await import('./commands/quarantine-list.ts')).quarantineList(input)))

  withCommonOptions(quarantine.command('restore [table]'))
    .description('bring mended rows back; those that are still broken stay')
    .addOption(new Option('--key <key>', "only the row with this primary key").argParser(collect))
    .addOption(new Option('--all', 'with --set: every row of the table'))
    .addOption(new Option('--set <column=value>', 'mend the rows first: give this column this value').argParser(collect))
    .addHelpText('after', examples(['migrator quarantine restore', 'migrator quarantine restore users --key 41085841661123949 --set total_points=0']))
    .action((table: string | undefined, options: { key?: string[]; set?: string[]; all?: boolean }) =>
      run(options, async (input) => (await import('./commands/quarantine-restore.ts')).quarantineRestore(input, { table, keys: options.key ?? [], set: options.set ?? [], all: options.all === true })))
}

function collect(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value]
}

function amount(value: string): number {
  if (!/^[1-9]\d*$/.test(value)) throw new InvalidArgumentError('It has to be a whole number, 1 or more.')
  return Number(value)
}

function interval(value: string): number {
  const number = Number(value)
  if (!Number.isFinite(number) || number < 0.1) throw new InvalidArgumentError('It has to be a number of seconds, 0.1 or more.')
  return number
}

function seconds(value: string): number {
  const number = Number(value)
  if (!Number.isFinite(number) || number < 0 || value.trim() === '') throw new InvalidArgumentError('It has to be a number of seconds, 0 or more.')
  return number
}
