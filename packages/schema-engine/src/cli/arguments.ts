/** What the CLI asks the engine to do, from the command line. */
export interface EngineArguments {
  command: 'rpc' | 'can-connect-to-database' | 'create-database' | 'drop-database' | 'version' | 'help'
  /** Files of the Prisma schema. */
  datamodels: string[]
  /** The connection string; absent where the config has no datasource. */
  url: string | undefined
}

const COMMANDS = ['can-connect-to-database', 'create-database', 'drop-database'] as const

function isCommand(text: string): text is (typeof COMMANDS)[number] {
  return (COMMANDS as readonly string[]).includes(text)
}

function readUrl(datasource: string): string | undefined {
  // Older CLIs pass the connection string itself.
  if (!datasource.trimStart().startsWith('{')) return datasource
  const { url } = JSON.parse(datasource) as { url?: unknown }
  return typeof url === 'string' && url !== '' ? url : undefined
}

/**
 * Reads the command line of the native engine. Options that mean nothing to SQLite (`--extension-types`,
 * `--enabled-preview-features`) are taken and ignored; what is not known throws.
 */
export function parseArguments(args: readonly string[]): EngineArguments {
  const result: EngineArguments = { command: 'rpc', datamodels: [], url: undefined }
  const queue = args.flatMap((arg) => (/^--[\w-]+=/.test(arg) ? [arg.slice(0, arg.indexOf('=')), arg.slice(arg.indexOf('=') + 1)] : [arg]))
  let cli = false

  function value(option: string): string {
    const next = queue.shift()
    if (next === undefined) throw new Error(`The argument '${option}' requires a value but none was supplied`)
    return next
  }

  for (let arg = queue.shift(); arg !== undefined; arg = queue.shift()) {
    if (arg === '--datasource') result.url = readUrl(value(arg))
    else if (arg === '--datamodels' || arg === '--datamodel' || arg === '-d') result.datamodels.push(value(arg))
    else if (arg === '--extension-types' || arg === '--enabled-preview-features') value(arg)
    else if (arg === '--version' || arg === '-V') return { ...result, command: 'version' }
    else if (arg === '--help' || arg === '-h' || arg === 'help') return { ...result, command: 'help' }
    else if (arg === 'cli') cli = true
    else if (cli && isCommand(arg)) result.command = arg
    else throw new Error(`Found argument '${arg}' which wasn't expected, or isn't valid in this context`)
  }
  if (cli && result.command === 'rpc') throw new Error(`'cli' requires a subcommand: ${COMMANDS.join(', ')}`)
  return result
}
