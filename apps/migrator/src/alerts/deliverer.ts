import { text } from 'node:stream/consumers'
import type { Alert } from './alert.ts'
import { deliver } from './deliver.ts'
import { readReceiver } from './receiver.ts'

// A process of its own, which outlives the command that started it: a slow receiver delays nobody. The address and
// the secret come by the environment, since other users can read the arguments.
const [, , database] = process.argv
const { receiver } = readReceiver(process.env)
const handed = await text(process.stdin)
const unsaved = handed === '' ? [] : (JSON.parse(handed) as Alert[])
if (database !== undefined && receiver !== null) await deliver(database, receiver, { unsaved })
