import { resolve } from 'node:path'
import { repositoryRoot } from '@trivia/testkit'
import { watch } from '../src/watch/watch.ts'

// A watch in a process of its own, on whatever terminal it is given: DATABASE SECONDS [json]
const [, , database = '', seconds = '1', format] = process.argv
const interruption = new AbortController()
process.once('SIGINT', () => interruption.abort())
process.once('SIGTERM', () => interruption.abort())
const settings = { database: resolve(database), backupDir: resolve(database, '../backups'), prismaDir: `${repositoryRoot}/prisma` }
await watch({ settings, terminal: process, cwd: process.cwd(), now: () => new Date(), signal: interruption.signal, intervalSeconds: Number(seconds), json: format === 'json' })
