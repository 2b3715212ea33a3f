import { expect, test } from 'vitest'
import { type CreateResult, foundGroup, groupBoard, groupList, joinGroup, leaveGroup, MOST_GROUPS, MOST_MEMBERS } from '../../src/features/groups/index.ts'
import { addPlayer, createWorld, id, type World } from './world.ts'

const player = (number: number): { userId: string; name: string } => ({ userId: id(number), name: `Player ${number}` })

function found(world: World, number: number, groupName: string): { code: string; groupId: number } {
  const result: CreateResult = foundGroup(world.context, { player: player(number), groupName })
  if (result.kind !== 'created') throw new Error(result.kind)
  const groupId = groupList(world.context, { userId: id(number) }).find(({ code }) => code === result.code)?.id ?? 0
  return { code: result.code, groupId }
}

test('a code has eight signs that cannot be taken for others, and is read however it was typed', () => {
  using world = createWorld()
  const codes = Array.from({ length: 20 }, (_, index) => found(world, 1 + Math.floor(index / 10), `Group ${index}`).code)
  for (const code of codes) expect(code).toMatch(/^[CDFGHJKMNPQRTVWXY34679]{8}$/)
  expect(new Set(codes).size).toBe(codes.length)
  const [code = ''] = codes
  expect(joinGroup(world.context, { player: player(3), code: ` ${code.slice(0, 4).toLowerCase()}-${code.slice(4)} ` })).toEqual({ kind: 'joined', name: 'Group 0' })
  expect(joinGroup(world.context, { player: player(3), code })).toEqual({ kind: 'already', name: 'Group 0' })
  expect(joinGroup(world.context, { player: player(3), code: 'NOTACODE' })).toEqual({ kind: 'bad-code' })
  expect(joinGroup(world.context, { player: player(3), code: '' })).toEqual({ kind: 'bad-code' })
})

test('a code that is taken is drawn again', () => {
  using world = createWorld()
  const numbers = [...Array.from({ length: 16 }, () => 0), ...Array.from({ length: 8 }, () => 0.5)]
  const context = { ...world.context, random: () => numbers.shift() ?? 0.9 }
  const first = foundGroup(context, { player: player(1), groupName: 'One' })
  const second = foundGroup(context, { player: player(1), groupName: 'Two' })
  expect([first, second]).toMatchObject([{ code: 'CCCCCCCC' }, { kind: 'created' }])
  expect(second).not.toMatchObject({ code: 'CCCCCCCC' })
})

test.each([
  ['  The   Quiz\nKings ', 'The Quiz Kings'], ['🎲🎲', '🎲🎲'], ['x'.repeat(50), 'x'.repeat(50)], ['a\u202Eb', 'a b'],
  ['x', null], ['', null], ['\u200B \u200B', null], ['x'.repeat(51), null],
])('the name %j', (groupName, name) => {
  using world = createWorld()
  expect(foundGroup(world.context, { player: player(1), groupName })).toMatchObject(name === null ? { kind: 'bad-name' } : { kind: 'created', name })
})

test('an owner who leaves hands the group to the longest member; the last one closes it', () => {
  using world = createWorld()
  const { code, groupId } = found(world, 5, 'Owls')
  joinGroup(world.later(1_000), { player: player(9), code })
  joinGroup(world.later(2_000), { player: player(2), code })
  expect(leaveGroup(world.context, { userId: id(2), groupId })).toEqual({ kind: 'left', name: 'Owls' })
  joinGroup(world.later(3_000), { player: player(2), code })
  expect(leaveGroup(world.context, { userId: id(5), groupId })).toMatchObject({ kind: 'handed-over', name: 'Owls', owner: { userId: id(9) } })
  expect(groupList(world.context, { userId: id(2) })).toMatchObject([{ ownerId: id(9), members: 2 }])
  expect(leaveGroup(world.context, { userId: id(5), groupId })).toEqual({ kind: 'not-member' })
  expect(leaveGroup(world.context, { userId: id(9), groupId })).toMatchObject({ kind: 'handed-over' })
  expect(leaveGroup(world.context, { userId: id(2), groupId })).toEqual({ kind: 'dissolved', name: 'Owls' })
  expect(world.db.get('SELECT count(*) AS groups FROM player_groups')).toEqual({ groups: 0 })
})

test('groups and players have bounds', () => {
  using world = createWorld()
  const { code, groupId } = found(world, 1, 'Full')
  for (let number = 2; number <= MOST_MEMBERS; number++) expect(joinGroup(world.context, { player: player(number), code })).toMatchObject({ kind: 'joined' })
  expect(joinGroup(world.context, { player: player(500), code })).toEqual({ kind: 'full', name: 'Full' })
  for (let number = 2; number <= MOST_GROUPS; number++) found(world, 1, `Group ${number}`)
  expect(foundGroup(world.context, { player: player(1), groupName: 'One more' })).toEqual({ kind: 'too-many' })
  const other = found(world, 600, 'Other')
  expect(joinGroup(world.context, { player: player(1), code: other.code })).toEqual({ kind: 'too-many' })
  expect(groupBoard(world.context, { userId: id(1), groupId })?.rows).toHaveLength(MOST_MEMBERS)
})

test('only members see the leaderboard', () => {
  using world = createWorld()
  addPlayer(world.db, 1, 10)
  addPlayer(world.db, 2, 20)
  const { code, groupId } = found(world, 1, 'Owls')
  joinGroup(world.context, { player: player(2), code })
  expect(groupBoard(world.context, { userId: id(2), groupId })).toMatchObject({ name: 'Owls', rows: [{ rank: 1, userId: id(2) }, { rank: 2, userId: id(1) }] })
  expect(groupBoard(world.context, { userId: id(3), groupId })).toBeNull()
})
