import { createHash } from 'node:crypto'

// https://docs.discord.com/developers/reference#snowflakes
const DISCORD_EPOCH = 1_420_070_400_000
const TIMESTAMP_SHIFT = 22n
const INCREMENTS = 1 << 12

/** Makes Discord's ids: unique, and sorted by the time they were made at. */
export type MakeId = () => string

/** Ids of this clock's time. */
export function createIds(now: () => number): MakeId {
  let increment = 0
  let last = 0
  return () => {
    increment += 1
    // More than 4,096 in one millisecond borrow from the next: an id must never be smaller than the one before it.
    if (increment >= INCREMENTS) {
      increment = 0
      last += 1
    }
    last = Math.max(last, now() - DISCORD_EPOCH)
    return idAt(Math.floor(last) + DISCORD_EPOCH, increment)
  }
}

/** The id of a time and a number from 0 to 4,095. */
export function idAt(milliseconds: number, increment: number): string {
  return String((BigInt(milliseconds - DISCORD_EPOCH) << TIMESTAMP_SHIFT) | BigInt(increment))
}

/** Names' ids are of the year 2016: before all that a sandbox makes by its clock. */
const FIRST_OF_NAMES = Date.UTC(2016, 0, 1)
const NAMES_LAST_MS = 366 * 24 * 60 * 60_000

/** The id of something that is known by its name: the same whenever, and wherever, it is made. */
export function idOfName(name: string): string {
  const hash = createHash('sha256').update(name).digest()
  return idAt(FIRST_OF_NAMES + Number(hash.readBigUInt64BE() % BigInt(NAMES_LAST_MS)), hash.readUInt16BE(8) % INCREMENTS)
}

/** The shard that a guild belongs to: https://docs.discord.com/developers/events/gateway#sharding */
export function shardOf(guildId: string | undefined, shards: number): number {
  return guildId === undefined || shards === 1 ? 0 : Number((BigInt(guildId) >> TIMESTAMP_SHIFT) % BigInt(shards))
}
