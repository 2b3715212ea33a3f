import { CommanderError } from 'commander'
import type { CommandResult } from './commands.ts'
import { CliError, EXIT, type ErrorReport, messageOf, renderError } from './errors.ts'
import { callerFolder } from './places.ts'
import { createProgram } from './program.ts'

/** The parts of the process that are used. */
type Process = Pick<NodeJS.Process, 'stdout' | 'stderr' | 'env' | 'cwd'>

/**
 * The command line `questions`: the only place that prints, but for progress and an export to stdout.
 *
 * @param args what follows the program's name
 * @returns the exit code
 */
export async function main(args: readonly string[], process: Process): Promise<number> {
  // pnpm hands on the `--` that separates its own options from the script's.
  const argv = args[0] === '--' ? args.slice(1) : args[1] === '--' && args[0] !== undefined ? [args[0], ...args.slice(2)] : [...args]
  const json = argv.includes('--json')
  let result: CommandResult | undefined
  const program = createProgram(async (run) => {
    const input = { base: callerFolder(process.env, process.cwd()), env: process.env, stdout: process.stdout, stderr: process.stderr }
    result = run(input, await import('./commands.ts'))
  })
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ writeOut: (text) => void process.stdout.write(text), writeErr: () => {} })
  }
  try {
    await program.parseAsync([...argv], { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.ok
    result = failure(error)
  }
  if (result === undefined) return EXIT.ok
  if (json && result.json !== undefined) process.stdout.write(`${JSON.stringify(result.json, null, 2)}\n`)
  else if (!json && result.text !== '') process.stdout.write(`${result.text}\n`)
  if (result.error !== undefined) process.stderr.write(`${renderError(result.error)}\n`)
  return result.exitCode
}

function failure(thrown: unknown): CommandResult {
  const exitCode = thrown instanceof CliError ? thrown.exitCode : thrown instanceof CommanderError ? EXIT.usage : EXIT.bug
  const error = reportOf(thrown)
  return { exitCode, text: '', json: { outcome: exitCode === EXIT.bug ? 'failed' : 'refused', exitCode, error }, error }
}

function reportOf(thrown: unknown): ErrorReport {
  if (thrown instanceof CliError) return thrown.report
  if (thrown instanceof CommanderError) {
    const help = thrown.code === 'commander.help' || thrown.code === 'commander.helpDisplayed'
    return {
      code: 'WRONG_USAGE',
      what: help ? 'No command was given.' : (thrown.message.replace(/^error: /, '').split('\n', 1)[0] ?? 'The command line is wrong.'),
      why: 'The command line is not one that this program knows.',
      next: 'See "questions --help", or "questions COMMAND --help".',
    }
  }
  return { code: 'BUG', what: 'The program itself failed.', why: thrown instanceof Error ? (thrown.stack ?? messageOf(thrown)) : messageOf(thrown), next: 'Report it with this output.' }
}
