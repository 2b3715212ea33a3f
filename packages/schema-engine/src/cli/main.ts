import { readFileSync } from 'node:fs'
import { parseArguments, type EngineArguments } from './arguments.ts'
import { runDatabaseCommand } from './database-command.ts'
import { logError } from './log.ts'

const HELP = `schema-engine: the Prisma schema engine (WebAssembly) for SQLite

USAGE:
    schema-engine [--datasource <JSON>] [--datamodels <FILE>]... [SUBCOMMAND]

Without a subcommand it answers JSON-RPC on stdin and stdout.

SUBCOMMANDS:
    cli can-connect-to-database | create-database | drop-database
`

/** The commit of the engine, which its package carries in its version. */
function engineVersion(): string {
  const file = new URL('../../package.json', import.meta.url)
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { dependencies: Record<string, string> }
  return manifest.dependencies['@prisma/schema-engine-wasm']?.split('.').at(-1) ?? 'unknown'
}

function readArguments(args: readonly string[]): EngineArguments | undefined {
  try {
    return parseArguments(args)
  } catch (error) {
    process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n\n${HELP}`)
    return undefined
  }
}

/** Runs the engine for a command line and leaves the exit code with the process. */
export async function main(args: readonly string[]): Promise<void> {
  const parsed = readArguments(args)
  if (!parsed) {
    process.exitCode = 1
  } else if (parsed.command === 'version') {
    process.stdout.write(`schema-engine-cli ${engineVersion()}\n`)
  } else if (parsed.command === 'help') {
    process.stdout.write(HELP)
  } else if (parsed.command === 'rpc') {
    // Loaded only now: a database command must not wait for the driver.
    const { serve } = await import('../rpc/server.ts')
    const code = await serve(parsed, process.stdin, process.stdout).catch((error: unknown) => {
      logError(error)
      return 1
    })
    // By hand, because the signal listener of the server is still there; after all answers are out.
    process.stdout.write('', () => process.exit(code))
  } else {
    process.exitCode = runDatabaseCommand(parsed)
  }
}
