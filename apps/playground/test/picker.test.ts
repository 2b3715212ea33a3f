import { expect, test } from 'vitest'
import { matching, offeredCommands } from '../src/page/chat/offered-commands.ts'
import { readOption, suggestionsOf } from '../src/page/chat/option-value.ts'
import type { Command, Guild } from '../src/page/discord/world.ts'
import { describeRefusal } from '../src/page/workshop/refusal.ts'
import { questionIn } from '../src/server/players/question-seen.ts'
import { rightOption } from '../src/server/players/round.ts'

const guild: Guild = {
  id: '1', name: 'Club', locale: 'en-US', ownerId: '9', hasBot: true, channels: [{ id: '5', name: 'general', topic: null }],
  roles: [{ id: '1', name: '@everyone', permissions: '2048' }, { id: '2', name: 'boss', permissions: '8' }],
  members: [{ id: '10', name: 'Ada', bot: false, roles: ['2'] }, { id: '11', name: 'Bob', bot: false, roles: [] }],
}
const commands: Command[] = [
  { id: 'a', type: 1, name: 'trivia', description: 'Trivia', options: [{ type: 1, name: 'play', description: 'Start a game', name_localizations: { de: 'spielen' }, options: [] }, { type: 1, name: 'daily', description: 'Today', options: [] }] },
  { id: 'b', type: 1, name: 'admin', description: 'Admin', default_member_permissions: '32', options: [{ type: 1, name: 'config', description: 'Settings', options: [] }] },
  { id: 'c', type: 2, name: 'Profile', description: '' },
]

test('the picker offers what somebody may use, in their language', () => {
  expect(offeredCommands(commands, guild, '10', 'en-US').map(({ path }) => path)).toEqual(['admin config', 'trivia daily', 'trivia play'])
  expect(offeredCommands(commands, guild, '11', 'de').map(({ shown }) => shown)).toEqual(['trivia daily', 'trivia spielen'])
})

test('what was typed finds a command by its end, too', () => {
  const offered = offeredCommands(commands, guild, '10', 'en-US')
  expect(matching(offered, '/').length).toBe(3)
  expect(matching(offered, '/play').map(({ path }) => path)).toEqual(['trivia play'])
  expect(matching(offered, '/sett').map(({ path }) => path)).toEqual(['admin config'])
  expect(matching(offered, '/zzz')).toEqual([])
})

test('options are read as what they are', () => {
  expect(readOption({ type: 4, name: 'rounds', description: '' }, '7')).toBe(7)
  expect(readOption({ type: 4, name: 'rounds', description: '' }, 'many')).toBe('many')
  expect(readOption({ type: 5, name: 'hide', description: '' }, 'true')).toBe(true)
  expect(suggestionsOf({ type: 6, name: 'who', description: '' }, guild, 'en-US')?.map(({ title }) => title)).toEqual(['@Ada', '@Bob'])
  expect(suggestionsOf({ type: 3, name: 'text', description: '' }, guild, 'en-US')).toBeNull()
})

test('a refusal says which part was wrong', () => {
  const error = { message: 'Invalid Form Body', code: 50035, errors: { data: { embeds: { 0: { title: { _errors: [{ code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 256 or fewer in length.' }] } } } } } }
  expect(describeRefusal({ status: 400, code: 50035, error })).toEqual({ title: '400 · 50035 Invalid Form Body', details: ['data.embeds.0.title: Must be 256 or fewer in length.'] })
  expect(describeRefusal({ status: 429, error: { retry_after: 2 } })).toEqual({ title: '429 You are being rate limited.', details: ['Again after 2 s'] })
})

test('simulated players see questions that everybody can answer', () => {
  const event = (more: object, button: object) => JSON.stringify({ change: 'create', channelId: '5', message: { id: '7', components: [{ type: 1, components: [{ type: 2, ...button }] }] }, ...more })
  expect(questionIn(event({}, { custom_id: 'answer:17:2' }))).toEqual({ messageId: '7', channelId: '5', round: 17, typed: false })
  expect(questionIn(event({}, { custom_id: 'fill:17' }))).toMatchObject({ typed: true })
  expect(questionIn(event({ onlyFor: '10' }, { custom_id: 'answer:17:2' }))).toBeNull()
  expect(questionIn(event({}, { custom_id: 'answer:17:2', disabled: true }))).toBeNull()
  expect(questionIn(event({}, { custom_id: 'report:4' }))).toBeNull()
  expect(rightOption({ type: 'multiple_choice', options: ['a', 'b'], answer: 'b' })).toBe(1)
  expect(rightOption({ type: 'true_false', options: ['true', 'false'], answer: 'False' })).toBe(1)
  expect(rightOption({ type: 'fill_blank', options: [], answer: 'x' })).toBe(-1)
})
