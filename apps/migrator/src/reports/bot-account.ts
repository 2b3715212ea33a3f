import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { accountEnding } from '@trivia/database/deploy-account'
import { actualPath } from '@trivia/database/location'
import { z } from 'zod'
import type { ReportDocument } from './document.ts'
import { smokeQueries } from './document-parts.ts'

/** A bot looks once a second, and again right after it had to wait; a busy machine takes longer, in milliseconds. */
const SEEN_WITHIN = 15_000

const accountFile = z.object({
  format: z.literal(1),
  process: z.string(),
  database: z.string(),
  seenAt: z.iso.datetime(),
  waits: z.array(z.object({ since: z.iso.datetime(), ms: z.number() })),
  games: z.int(),
  queries: smokeQueries,
})

type Account = z.output<typeof accountFile>

/**
 * A report with what running bots saw of the deploy. They write it in their own time, mostly after the report: it is
 * put together when somebody reads.
 *
 * @param path the report's document: the accounts are beside it
 */
export function withBotAccounts(path: string, document: ReportDocument): ReportDocument {
  if (document.bot !== null || (document.outcome !== 'deployed' && document.outcome !== 'archived')) return document
  const began = Date.parse(document.time)
  const ended = began + document.ms
  const accounts = firstOfEach(readAccounts(dirname(path), actualPath(document.database), [began, ended + SEEN_WITHIN]))
  const [slowest] = accounts.toSorted((one, other) => (other.queries.slowest?.ms ?? 0) - (one.queries.slowest?.ms ?? 0))
  if (slowest === undefined) return document
  // Only what fell into the run: a bot waits for others, too.
  const waits = accounts.flatMap(({ waits: all }) => all).filter(({ since, ms }) => Date.parse(since) <= ended && Date.parse(since) + ms >= began)
  return {
    ...document,
    quietPause: { ms: Math.max(0, ...waits.map(({ ms }) => ms)) },
    bot: {
      processes: accounts.length,
      games: accounts.reduce((sum, { games }) => sum + games, 0),
      queries: { ...slowest.queries, failed: accounts.flatMap(({ queries }) => queries.failed) },
    },
  }
}

/** Of each process its first: a later one in the same seconds is of the next deploy. */
function firstOfEach(accounts: readonly Account[]): Account[] {
  return [...Map.groupBy(accounts, (account) => account.process).values()].flatMap((all) => all.toSorted((one, other) => Date.parse(one.seenAt) - Date.parse(other.seenAt)).slice(0, 1))
}

/** Those of a time, which begins their names. One that cannot be read is none: a report is no worse without it. */
function readAccounts(folder: string, database: string, [from, to]: readonly [from: number, to: number]): Account[] {
  const stamp = (time: number): string => new Date(time).toISOString().replaceAll(/[-:.]/g, '')
  const [first, last] = [stamp(from), stamp(to)]
  let names: string[]
  try {
    names = readdirSync(folder).filter((name) => name.endsWith(accountEnding) && name.slice(0, first.length) >= first && name.slice(0, last.length) <= last)
  } catch {
    return []
  }
  return names.flatMap((name) => {
    try {
      const account = accountFile.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')))
      return account.database === database ? [account] : []
    } catch {
      return []
    }
  })
}
