import { describe, expect, test } from 'vitest'
import { acceptRequest, askToBeFriends, declineRequest, friendBoard, friendLists, MOST_FRIENDS, removeFromFriends } from '../../src/features/friends/index.ts'
import { addPlayer, createWorld, id, NOON, type World } from './world.ts'

const person = (number: number): { userId: string; name: string } => ({ userId: id(number), name: `Player ${number}` })
const ask = ({ context }: World, from: number, to: number): string => askToBeFriends(context, { player: person(from), other: person(to) })
const accept = ({ context }: World, player: number, other: number): string => acceptRequest(context, { player: person(player), other: person(other) })
const names = (players: readonly { name: string | null }[]): (string | null)[] => players.map(({ name }) => name)

function befriend({ db }: World, one: number, other: number): void {
  const [low, high] = [Math.min(one, other), Math.max(one, other)]
  db.run('INSERT INTO friendships VALUES (?, ?, ?, ?, ?)', id(low), id(high), id(one), '2026-11-01T00:00:00.000+00:00', '2026-11-02T00:00:00.000+00:00')
}

describe('a friendship', () => {
  test('is asked for and accepted, whoever has the smaller id', () => {
    using world = createWorld()
    expect(ask(world, 1, 2)).toBe('asked')
    expect(ask(world, 1, 2)).toBe('waiting')
    expect(names(friendLists(world.context, { userId: id(1) }).outgoing)).toEqual(['Player 2'])
    expect(names(friendLists(world.context, { userId: id(2) }).incoming)).toEqual(['Player 1'])
    expect(accept(world, 1, 2)).toBe('no-request')
    expect(accept(world, 2, 1)).toBe('accepted')
    expect(accept(world, 2, 1)).toBe('friends')
    expect(ask(world, 2, 1)).toBe('friends')
    for (const [me, other] of [[1, 'Player 2'], [2, 'Player 1']] as const) {
      const lists = friendLists(world.context, { userId: id(me) })
      expect(names(lists.friends)).toEqual([other])
      expect([...lists.incoming, ...lists.outgoing]).toEqual([])
    }
    expect(ask(world, 9, 3)).toBe('asked')
    expect(accept(world, 3, 9)).toBe('accepted')
  })

  test('of ids of different lengths keeps the smaller number first', () => {
    using world = createWorld()
    const [short, long] = [{ userId: '99999999999999999', name: 'Old' }, { userId: '100000000000000000', name: 'New' }]
    expect(askToBeFriends(world.context, { player: long, other: short })).toBe('asked')
    expect(acceptRequest(world.context, { player: short, other: long })).toBe('accepted')
    expect(names(friendLists(world.context, { userId: long.userId }).friends)).toEqual(['Old'])
  })

  test('comes about when both ask', () => {
    using world = createWorld()
    expect(ask(world, 1, 2)).toBe('asked')
    expect(ask(world, 2, 1)).toBe('accepted')
  })

  test('with oneself is none', () => {
    using world = createWorld()
    expect(ask(world, 1, 1)).toBe('yourself')
  })

  test('is declined, taken back or ended', () => {
    using world = createWorld()
    ask(world, 1, 2)
    expect(declineRequest(world.context, { player: person(1), other: person(2) })).toBe('no-request')
    expect(declineRequest(world.context, { player: person(2), other: person(1) })).toBe('declined')
    ask(world, 1, 2)
    expect(removeFromFriends(world.context, { player: person(1), other: person(2) })).toBe('removed')
    expect(removeFromFriends(world.context, { player: person(1), other: person(2) })).toBe('not-friends')
    ask(world, 1, 2)
    accept(world, 2, 1)
    expect(declineRequest(world.context, { player: person(2), other: person(1) })).toBe('no-request')
    expect(removeFromFriends(world.context, { player: person(2), other: person(1) })).toBe('removed')
    expect(friendLists(world.context, { userId: id(1) })).toEqual({ friends: [], incoming: [], outgoing: [] })
  })

  test('is refused where a list is full', () => {
    using world = createWorld()
    for (let number = 1; number <= MOST_FRIENDS + 2; number++) addPlayer(world.db, number)
    ask(world, MOST_FRIENDS + 2, 1)
    for (let number = 2; number <= MOST_FRIENDS + 1; number++) befriend(world, 1, number)
    expect(ask(world, 1, MOST_FRIENDS + 3)).toBe('full')
    expect(ask(world, MOST_FRIENDS + 3, 1)).toBe('full-other')
    expect(accept(world, 1, MOST_FRIENDS + 2)).toBe('full')
    removeFromFriends(world.context, { player: person(1), other: person(2) })
    expect(accept(world, 1, MOST_FRIENDS + 2)).toBe('accepted')
  })
})

test('friends have a leaderboard with shared ranks, and those who only asked are not on it', () => {
  using world = createWorld()
  for (const [number, points] of [[1, 50], [2, 80], [3, 50], [4, 999], [5, 0]] as const) addPlayer(world.db, number, points)
  for (const other of [2, 3, 5]) befriend(world, 1, other)
  ask(world, 4, 1)
  const board = friendBoard({ ...world.context, now: NOON }, { userId: id(1) })
  expect(board.map(({ name, rank, points }) => [name, rank, points])).toEqual([['Player 2', 1, 80], ['Player 1', 2, 50], ['Player 3', 2, 50], ['Player 5', 4, 0]])
  expect(friendBoard(world.context, { userId: id(77) })).toEqual([])
})
