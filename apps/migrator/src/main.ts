import { CommanderError } from 'commander'
import { resolve } from 'node:path'
import type { CommandInput, CommandResult } from './commands/command.ts'
import { isMonitored } from './alerts/monitored.ts'
import { isWatched } from './metrics/command-name.ts'
import { createProgram } from './program.ts'
import { paint, renderError } from './terminal/output.ts'
import { EXIT, type ErrorReport, messageOf, MigratorError, reportOf } from './errors.ts'
import { callerFolder, resolveSettings, type Settings } from './settings.ts'

/** The parts of the process that the migrator uses. */
type Process = Pick<NodeJS.Process, 'stdout' | 'stderr' | 'env' | 'cwd' | 'once' | 'off' | 'resourceUsage'>

/**
 * The migrator's command line: the only place that prints.
 *
 * @param args what follows the program's name
 * @returns the exit code
 */
export async function main(args: readonly string[], process: Process): Promise<number> {
  const argv = withoutSeparator(args)
  const json = argv.includes('--json')
  const verbose = argv.includes('--verbose')
  const interruption = new AbortController()
  const interrupt = (): void => interruption.abort()
  process.once('SIGINT', interrupt)
  process.once('SIGTERM', interrupt)

  let result: CommandResult | undefined
  let called: { readonly settings: Settings; readonly metricsFile: string | null } | undefined
  let command = ''
  const startedAt = new Date()
  const program = createProgram(async (options, run) => {
    const cwd = callerFolder(process.env, process.cwd())
    const settings = resolveSettings(options, process.env, process.cwd())
    const { metricsFile } = options as { readonly metricsFile?: string }
    called = { settings, metricsFile: metricsFile === undefined ? null : resolve(cwd, metricsFile) }
    const input: CommandInput = {
      settings,
      json,
      quiet: argv.includes('--quiet'),
      verbose,
      terminal: process,
      cwd,
      argv,
      now: () => new Date(),
      signal: interruption.signal,
    }
    result = await run(input)
  }, (name) => {
    command = name
  })
  const quietly = { writeOut: (text: string) => void process.stdout.write(text), writeErr: () => {} }
  for (const command of [program, ...program.commands, ...program.commands.flatMap((each) => each.commands)]) {
    command.exitOverride().configureOutput(quietly)
  }

  try {
    await program.parseAsync([...argv], { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.ok
    result = await failure(error, argv[0])
  } finally {
    process.off('SIGINT', interrupt)
    process.off('SIGTERM', interrupt)
  }
  if (result === undefined) return EXIT.ok
  if (json && result.json !== undefined) process.stdout.write(`${JSON.stringify(result.json, null, 2)}\n`)
  else if (!json && result.text !== '') process.stdout.write(`${argv.includes('--quiet') ? result.text.trimStart().split('\n', 1).join('') : result.text}\n`)
  if (result.error !== undefined) process.stderr.write(`${renderError(result.error, process.stderr, verbose)}\n`)
  if (called !== undefined && isMonitored(called.metricsFile, process.env) && (called.metricsFile !== null || isWatched(command))) {
    const { afterCommand } = await import('./alerts/after-command.ts')
    const warn = (text: string): void => void process.stderr.write(`${paint(process.stderr, 'yellow', 'Warning')}: ${text}\n`)
    await afterCommand({ ...called, env: process.env, warn }, {
      command, startedAt, endedAt: new Date(), exitCode: result.exitCode, json: result.json, memoryPeakBytes: process.resourceUsage().maxRSS * 1024,
    })
  }
  return result.exitCode
}

/** pnpm hands on the `--` that separates its own options from the script's. */
function withoutSeparator(args: readonly string[]): string[] {
  const at = args.indexOf('--')
  const leads = at !== -1 && args.slice(0, at).every((argument) => !argument.startsWith('-'))
  return leads ? [...args.slice(0, at), ...args.slice(at + 1)] : [...args]
}

async function failure(thrown: unknown, command: string | undefined): Promise<CommandResult> {
  const { explain } = await import('./sqlite/explain.ts')
  const error = thrown instanceof CommanderError ? usageError(thrown) : explain(thrown, 'the database')
  const report: ErrorReport = error instanceof MigratorError ? reportOf(error) : {
    code: 'BUG',
    what: 'The migrator itself failed.',
    why: messageOf(error),
    next: 'Report it with the output of the same command with --verbose.',
    ...(error instanceof Error && error.stack !== undefined ? { details: error.stack.split('\n') } : {}),
  }
  const exitCode = error instanceof MigratorError ? error.exitCode : EXIT.bug
  const outcome = exitCode === EXIT.usage || exitCode === EXIT.refused ? 'refused' : 'failed'
  const json = command === 'deploy' || command === 'rehearse' ? { ...(await import('./pipeline/result.ts')).nothingDone, outcome, exitCode, error: report } : { outcome, exitCode, error: report }
  return { exitCode, text: '', json, error: report }
}

function usageError(error: CommanderError): MigratorError {
  const help = error.code === 'commander.help' || error.code === 'commander.helpDisplayed'
  return new MigratorError(EXIT.usage, {
    code: 'WRONG_USAGE',
    what: help ? 'No command was given.' : error.message.replace(/^error: /, '').split('\n', 1)[0] ?? 'The command line is wrong.',
    why: 'The command line is not one that the migrator knows.',
    next: 'See "migrator --help", or "migrator COMMAND --help".',
  })
}
