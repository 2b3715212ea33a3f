import { EXIT } from '../errors.ts'
import { watch } from '../watch/watch.ts'
import type { CommandInput, CommandResult } from './command.ts'

/** `migrator status --watch`: looks again and again, until Ctrl-C, which is its good end. */
export async function statusWatch(input: CommandInput, intervalSeconds: number): Promise<CommandResult> {
  await watch({ ...input, intervalSeconds })
  return { exitCode: EXIT.ok, text: '', json: undefined }
}
