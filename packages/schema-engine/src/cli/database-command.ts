import { createDatabase, dropDatabase, requireDatabase } from '../database/file.ts'
import { databaseLocation } from '../database/location.ts'
import { log, logError } from './log.ts'
import type { EngineArguments } from './arguments.ts'

function run(args: EngineArguments): string {
  if (args.url === undefined) throw new Error('The datasource.url property is required in your Prisma config file.')
  const location = databaseLocation(args.url)
  switch (args.command) {
    case 'can-connect-to-database':
      requireDatabase(location)
      return 'Connection successful'
    case 'create-database':
      createDatabase(location)
      return `Database '${location.path}' was successfully created.`
    case 'drop-database':
      dropDatabase(location)
      return 'The database was successfully dropped.'
    default:
      throw new Error(`Not a database command: ${args.command}`)
  }
}

/**
 * Answers `cli can-connect-to-database` and its kind; returns the exit code. Needs neither the WebAssembly
 * module nor a connection, which makes it the quickest part of every CLI command.
 */
export function runDatabaseCommand(args: EngineArguments): number {
  // The CLI skips the first line of stderr, whatever it says.
  log('INFO', { message: 'Starting schema engine CLI' })
  try {
    log('INFO', { message: run(args) })
    return 0
  } catch (error) {
    logError(error)
    return 1
  }
}
