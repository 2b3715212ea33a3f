import Sqlite from 'better-sqlite3'
import { answering, input } from './tell.ts'
import type { TransactionTask } from './open-transaction.ts'

const { path, kind } = input() as TransactionTask
const connection = new Sqlite(path, { fileMustExist: true })
connection.exec(kind === 'read' ? 'BEGIN' : `BEGIN ${kind.toUpperCase()}`)
const players = connection.prepare('SELECT count(*) FROM users').pluck()
const seen = players.get() as number
// The process stays alive by its channel to the parent.
answering(() => ({ players: seen, playersNow: players.get() as number }), () => {
  connection.exec('COMMIT')
})
