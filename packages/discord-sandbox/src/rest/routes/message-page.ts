import { Faults } from '../../validation/faults.ts'
import type { StoredMessage } from '../../state/model.ts'

const MOST = 100
const USUAL = 50

/** The page of a channel's messages that a query asks for, newest first: https://docs.discord.com/developers/resources/message#get-channel-messages */
export function messagesPage(messages: Iterable<StoredMessage>, query: URLSearchParams): StoredMessage[] {
  const limit = Number(query.get('limit') ?? USUAL)
  const faults = new Faults()
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) faults.at('limit').add('NUMBER_TYPE_RANGE', `Must be between 1 and ${MOST}.`)
  for (const name of ['before', 'after', 'around']) if (!/^\d*$/.test(query.get(name) ?? '')) faults.at(name).add('NUMBER_TYPE_COERCE', 'Not a snowflake.')
  faults.throwIfAny()

  const visible = [...messages].filter((each) => each.onlyFor === undefined)
  const id = (name: string): bigint | undefined => query.has(name) ? BigInt(query.get(name) ?? 0) : undefined
  const [before, after, around] = [id('before'), id('after'), id('around')]
  if (around !== undefined) {
    const older = visible.filter((each) => BigInt(each.wire.id) < around).slice(-Math.floor(limit / 2))
    const newer = visible.filter((each) => BigInt(each.wire.id) >= around).slice(0, limit - older.length)
    return [...older, ...newer].reverse()
  }
  if (after !== undefined) return visible.filter((each) => BigInt(each.wire.id) > after).slice(0, limit).reverse()
  return (before === undefined ? visible : visible.filter((each) => BigInt(each.wire.id) < before)).slice(-limit).reverse()
}
