import type { Connection } from '@trivia/database/connection'
import {
  type Bucket, forgetPlace, lastAskedIn, matchingBuckets, movePosition, type Pool, poolsOf, positionAt, questionAt, type QuestionFilter, resetBucket, savePool,
} from '@trivia/database/queries'

/** A number from 0 up to but without 1. */
export type Random = () => number

/**
 * Draws a question for a channel, each that it has not seen with the same chance, and remembers the draw. When all
 * that match were seen they begin anew, not with the last one.
 *
 * The cost depends on the number of buckets (combinations of difficulty, category and type), not of questions: each
 * pool is an unfinished Fisher-Yates shuffle, of which only the moved places are kept. Empty places are drawn over.
 *
 * @returns null where no question matches
 */
export function chooseQuestion(db: Connection, random: Random, channelId: string, filter: QuestionFilter): number | null {
  const buckets = bucketsInLanguage(db, filter)
  let pools = openPools(db, channelId, buckets)
  let lastOfBefore: number | null = null
  for (let begunAnew = false; ;) {
    const total = pools.reduce((sum, { remaining }) => sum + remaining, 0)
    if (total === 0) {
      if (begunAnew || buckets.length === 0) return null
      lastOfBefore = lastAskedIn(db, channelId)
      for (const { id } of buckets) resetBucket(db, channelId, id)
      pools = openPools(db, channelId, buckets)
      begunAnew = true
      continue
    }
    const { pool, place } = locate(pools, Math.floor(random() * total))
    const question = questionAt(db, pool.bucketId, positionAt(db, channelId, pool, place), filter.guildId)
    if (question !== null && question === lastOfBefore && total > 1) {
      // Only the first draw must not be it, so that it keeps its chance among the others.
      lastOfBefore = null
      const other = total === 1 ? null : drawOther(db, random, channelId, filter, pools, question)
      if (other !== null) return other
    }
    take(db, channelId, pool, place)
    if (question !== null) return question
  }
}

/** The server's language where it has questions in it, then English, then any. */
function bucketsInLanguage(db: Connection, filter: QuestionFilter): Bucket[] {
  for (const locale of new Set([filter.locale, 'en', null])) {
    const buckets = matchingBuckets(db, { ...filter, locale })
    if (buckets.length > 0) return buckets
  }
  return []
}

/** What is left of each bucket: the channel's pools, and one more for positions that none of them covers. */
function openPools(db: Connection, channelId: string, buckets: readonly Bucket[]): Pool[] {
  const known = Map.groupBy(poolsOf(db, channelId), ({ bucketId }) => bucketId)
  return buckets.flatMap(({ id, size }) => {
    const pools = known.get(id) ?? []
    const covered = pools.reduce((most, pool) => Math.max(most, pool.first + pool.size), 0)
    const fresh = size > covered ? [{ bucketId: id, first: covered, size: size - covered, remaining: size - covered }] : []
    return [...pools.filter(({ remaining }) => remaining > 0), ...fresh]
  })
}

function locate(pools: readonly Pool[], drawn: number): { pool: Pool; place: number } {
  let place = drawn
  for (const pool of pools) {
    if (place < pool.remaining) return { pool, place }
    place -= pool.remaining
  }
  throw new Error('A draw beyond the last pool.')
}

/** Takes a place out of the shuffle: the last one moves there. */
function take(db: Connection, channelId: string, pool: Pool, place: number): void {
  const last = pool.remaining - 1
  if (place !== last) movePosition(db, channelId, pool, place, positionAt(db, channelId, pool, last))
  forgetPlace(db, channelId, pool, last)
  pool.remaining = last
  savePool(db, channelId, pool)
}

/** Another question than one that must not come now. A few tries are enough unless nearly all places are empty. */
function drawOther(db: Connection, random: Random, channelId: string, filter: QuestionFilter, pools: readonly Pool[], not: number): number | null {
  const total = pools.reduce((sum, { remaining }) => sum + remaining, 0)
  for (let tries = 0; tries < 50; tries += 1) {
    const { pool, place } = locate(pools, Math.floor(random() * total))
    const question = questionAt(db, pool.bucketId, positionAt(db, channelId, pool, place), filter.guildId)
    if (question === null || question === not) continue
    take(db, channelId, pool, place)
    return question
  }
  return null
}
