import { Command, Option } from 'commander'
import { formats } from '../formats/detect.ts'
import type { CheckFlags, CommandInput, CommandResult, ExportFlags, ImportFlags } from './commands.ts'

/** Runs a command; given by main. */
export type RunCommand = (run: (input: CommandInput, commands: typeof import('./commands.ts')) => CommandResult) => Promise<void>

const database = (): Option => new Option('--database <path>', 'the database; else DATABASE_PATH, else DATABASE_URL, else data/trivia.db')
const format = (): Option => new Option('--format <format>', "the files' format, where the content does not tell").choices([...formats])
const json = (): Option => new Option('--json', 'print one JSON document on stdout, and nothing else there')

/** The command line. It declares only. */
export function createProgram(run: RunCommand): Command {
  const program = new Command('questions')
    .description('Reads, checks and exports trivia questions.')
    .addHelpText('after', '\nExit codes: 0 done, 1 a bug, 2 wrong usage, 3 refused and nothing touched, or findings.\n')
  program.command('import <files...>')
    .description('add the questions of files to a database, all in one transaction; those that it has already are left out')
    .addOption(format()).addOption(database()).addOption(json())
    .addHelpText('after', '\nExamples:\n  questions import opentdb.json\n  questions import categories/* --database /srv/trivia/trivia.db --json\n')
    .action((files: string[], flags: ImportFlags) => run((input, { runImport }) => runImport(input, files, flags)))
  program.command('export [file]')
    .description('write all questions of a database as YAML, to a file or to stdout')
    .addOption(database()).addOption(new Option('--force', 'replace the file')).addOption(json())
    .addHelpText('after', '\nExamples:\n  questions export > questions.yaml\n  questions export questions.yaml\n')
    .action((file: string | undefined, flags: ExportFlags) => run((input, { runExport }) => runExport(input, file, flags)))
  program.command('check [files...]')
    .description('tell what an import would leave out; without files, check the starter pack by all of its rules')
    .addOption(format()).addOption(new Option('--strict', "check by the starter pack's rules")).addOption(json())
    .addHelpText('after', '\nExamples:\n  questions check\n  questions check my-questions.yaml --strict\n')
    .action((files: string[], flags: CheckFlags) => run((input, { runCheck }) => runCheck(input, files, flags)))
  return program
}
