import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSandbox, type Sandbox } from '../src/index.ts'
import { connectRaw, identify, type RawGateway } from './raw-gateway.ts'
import { request } from './raw-rest.ts'

let sandbox: Sandbox
let gateway: RawGateway

beforeAll(async () => {
  sandbox = await createSandbox()
  gateway = await connectRaw(sandbox)
  gateway.send(identify(sandbox))
  await gateway.find(({ t }) => t === 'GUILD_CREATE')
  await request(sandbox, 'PUT', commands(), [{ name: 'ask', description: 'ask', options: [{ name: 'topic', description: 't', type: 3, autocomplete: true }] }])
})

afterAll(async () => sandbox.close())

const commands = (): string => `/applications/${sandbox.application.id}/commands`
const text = (length: number): string => 'x'.repeat(length)
const list = <T>(length: number, make: (index: number) => T): T[] => Array.from({ length }, (_, index) => make(index))

/** Every fault of an answer 50035, as `path: code`. */
function faultsOf(body: unknown): string[] {
  expect(body).toMatchObject({ code: 50035, message: 'Invalid Form Body' })
  const collect = (tree: object, path: string[]): string[] => Object.entries(tree).flatMap(([key, below]) => (
    key === '_errors' ? (below as { code: string }[]).map(({ code }) => `${path.join('.')}: ${code}`) : collect(below as object, [...path, key])
  ))
  return collect((body as { errors: object }).errors, [])
}

const button = (over: object = {}): object => ({ type: 2, style: 1, label: 'B', custom_id: 'b', ...over })
const row = (...components: object[]): object => ({ type: 1, components })
const select = (over: object = {}): object => ({ type: 3, custom_id: 's', options: [{ label: 'One', value: '1' }], ...over })
const V2 = 1 << 15

const messages: readonly [title: string, body: object, ...faults: string[]][] = [
  ['content', { content: text(2_001) }, 'content: BASE_TYPE_MAX_LENGTH'],
  ['content that is no text', { content: 5 }, 'content: STRING_TYPE_CONVERT'],
  ['nonce', { content: 'x', nonce: text(26) }, 'nonce: BASE_TYPE_MAX_LENGTH'],
  ['too many embeds', { embeds: list(11, () => ({ title: 'x' })) }, 'embeds: BASE_TYPE_MAX_LENGTH'],
  ['embeds that are no list', { embeds: 'x' }, 'embeds: LIST_TYPE_CONVERT'],
  ['an empty embed', { embeds: [{}] }, 'embeds.0.description: BASE_TYPE_REQUIRED'],
  ['an embed\'s title', { embeds: [{ title: text(257) }] }, 'embeds.0.title: BASE_TYPE_MAX_LENGTH'],
  ['an embed\'s description', { embeds: [{ title: 'x' }, { description: text(4_097) }] }, 'embeds.1.description: BASE_TYPE_MAX_LENGTH'],
  ['an embed\'s footer', { embeds: [{ footer: { text: text(2_049) } }] }, 'embeds.0.footer.text: BASE_TYPE_BAD_LENGTH'],
  ['an embed\'s author', { embeds: [{ author: { name: text(257) } }] }, 'embeds.0.author.name: BASE_TYPE_BAD_LENGTH'],
  ['an embed\'s color', { embeds: [{ title: 'x', color: 0x1000000 }] }, 'embeds.0.color: NUMBER_TYPE_MAX'],
  ['an embed\'s time', { embeds: [{ title: 'x', timestamp: 'soon' }] }, 'embeds.0.timestamp: DATE_TIME_TYPE_PARSE'],
  ['an embed\'s picture', { embeds: [{ image: { url: 'ftp://x/y' } }] }, 'embeds.0.image.url: URL_TYPE_INVALID_SCHEME'],
  ['an embed\'s address', { embeds: [{ title: 'x', url: 'nowhere' }] }, 'embeds.0.url: URL_TYPE_INVALID_URL'],
  ['fields', { embeds: [{ fields: list(26, () => ({ name: 'n', value: 'v' })) }] }, 'embeds.0.fields: BASE_TYPE_MAX_LENGTH'],
  ['a field\'s name and value', { embeds: [{ fields: [{ name: text(257), value: '' }] }] }, 'embeds.0.fields.0.name: BASE_TYPE_BAD_LENGTH', 'embeds.0.fields.0.value: BASE_TYPE_REQUIRED'],
  ['all embeds together', { embeds: [{ description: text(3_001) }, { description: text(3_000) }] }, 'embeds: MAX_EMBED_SIZE_EXCEEDED'],
  ['rows', { components: list(6, (index) => row(button({ custom_id: `b${index}` }))) }, 'components: BASE_TYPE_MAX_LENGTH'],
  ['what is no row', { components: [button()] }, 'components.0.type: BASE_TYPE_CHOICES'],
  ['an empty row', { components: [row()] }, 'components.0.components: BASE_TYPE_BAD_LENGTH'],
  ['a wide row', { components: [row(...list(6, (index) => button({ custom_id: `b${index}` })))] }, 'components.0.components.5: COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'components.0.components: BASE_TYPE_BAD_LENGTH'],
  ['a button\'s label', { components: [row(button({ label: text(81) }))] }, 'components.0.components.0.label: BASE_TYPE_MAX_LENGTH'],
  ['a button without label', { components: [row(button({ label: '' }))] }, 'components.0.components.0: BUTTON_COMPONENT_MISSING_LABEL_OR_EMOJI'],
  ['a button\'s style', { components: [row(button({ style: 9 }))] }, 'components.0.components.0.style: BASE_TYPE_CHOICES'],
  ['a custom id', { components: [row(button({ custom_id: text(101) }))] }, 'components.0.components.0.custom_id: BASE_TYPE_BAD_LENGTH'],
  ['a missing custom id', { components: [row(button({ custom_id: undefined }))] }, 'components.0.components.0.custom_id: BASE_TYPE_REQUIRED'],
  ['a custom id twice', { components: [row(button(), button())] }, 'components.0.components.1.custom_id: COMPONENT_CUSTOM_ID_DUPLICATED'],
  ['a link without address', { components: [row(button({ style: 5, custom_id: undefined }))] }, 'components.0.components.0.url: BASE_TYPE_REQUIRED'],
  ['a link with custom id', { components: [row(button({ style: 5, url: 'https://a.example' }))] }, 'components.0.components.0.custom_id: BUTTON_COMPONENT_CUSTOM_ID_AND_URL'],
  ['options', { components: [row(select({ options: list(26, (index) => ({ label: 'x', value: String(index) })) }))] }, 'components.0.components.0.options: BASE_TYPE_BAD_LENGTH'],
  ['an option\'s label', { components: [row(select({ options: [{ label: text(101), value: '1' }] }))] }, 'components.0.components.0.options.0.label: BASE_TYPE_BAD_LENGTH'],
  ['an option\'s value twice', { components: [row(select({ options: [{ label: 'a', value: '1' }, { label: 'b', value: '1' }] }))] }, 'components.0.components.0.options.1.value: SELECT_COMPONENT_OPTION_VALUE_DUPLICATED'],
  ['a placeholder', { components: [row(select({ placeholder: text(151) }))] }, 'components.0.components.0.placeholder: BASE_TYPE_MAX_LENGTH'],
  ['more values than options', { components: [row(select({ max_values: 2 }))] }, 'components.0.components.0.max_values: SELECT_COMPONENT_MAX_VALUES_EXCEEDS_OPTIONS'],
  ['allowed mentions', { content: 'x', allowed_mentions: { parse: ['friends'] } }, 'allowed_mentions.parse.0: BASE_TYPE_CHOICES'],
  ['allowed mentions that exclude each other', { content: 'x', allowed_mentions: { parse: ['users'], users: ['1'] } }, 'allowed_mentions: MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE'],
  ['attachments', { content: 'x', attachments: list(11, (id) => ({ id })) }, 'attachments: BASE_TYPE_MAX_LENGTH'],
  ['newer components with content', { flags: V2, content: 'x', components: [{ type: 10, content: 'x' }] }, 'content: MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2'],
  ['newer components: all texts', { flags: V2, components: [{ type: 10, content: text(2_001) }, { type: 17, components: [{ type: 10, content: text(2_000) }] }] }, 'components: COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED'],
  ['newer components: how many', { flags: V2, components: list(4, () => ({ type: 17, components: list(10, () => ({ type: 10, content: 'x' })) })) }, 'components: COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED'],
  ['newer components: a container in a container', { flags: V2, components: [{ type: 17, components: [{ type: 17, components: [] }] }] }, 'components.0.components.0.type: BASE_TYPE_CHOICES', 'components.0.components.0.components: BASE_TYPE_BAD_LENGTH'],
  ['newer components: a section', { flags: V2, components: [{ type: 9, components: list(4, () => ({ type: 10, content: 'x' })) }] }, 'components.0.components: BASE_TYPE_BAD_LENGTH', 'components.0.accessory: BASE_TYPE_REQUIRED'],
  ['newer components: a gallery', { flags: V2, components: [{ type: 12, items: [] }] }, 'components.0.items: BASE_TYPE_BAD_LENGTH'],
  ['newer components: a file that is not there', { flags: V2, components: [{ type: 12, items: [{ media: { url: 'attachment://no.png' } }] }] }, 'components.0.items.0.media.url: UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND'],
]

test.for(messages)('a message is refused for %s', async ([, body, ...faults]) => {
  sandbox.advance(10_000)
  expect(faultsOf((await request(sandbox, 'POST', `/channels/${sandbox.channel.id}/messages`, body)).body)).toEqual(faults)
})

const command = (over: object): object[] => [{ name: 'x', description: 'x', ...over }]
const option = (over: object): object[] => command({ options: [{ name: 'o', description: 'o', type: 3, ...over }] })
const invalidCommands: readonly [title: string, body: object[], ...faults: string[]][] = [
  ['name', command({ name: text(33) }), '0.name: BASE_TYPE_BAD_LENGTH', '0.name: APPLICATION_COMMAND_INVALID_NAME'],
  ['capital letters', command({ name: 'Play' }), '0.name: APPLICATION_COMMAND_INVALID_NAME'],
  ['missing description', command({ description: undefined }), '0.description: BASE_TYPE_REQUIRED'],
  ['description', command({ description: text(101) }), '0.description: BASE_TYPE_BAD_LENGTH'],
  ['translated description', command({ description_localizations: { de: text(101) } }), '0.description_localizations.de: BASE_TYPE_BAD_LENGTH'],
  ['unknown language', command({ name_localizations: { xx: 'x' } }), '0.name_localizations.xx: BASE_TYPE_CHOICES'],
  ['name twice', [...command({}), ...command({})], '1.name: APPLICATION_COMMANDS_DUPLICATE_NAME'],
  ['too many options', command({ options: list(26, (index) => ({ name: `o${index}`, description: 'o', type: 3 })) }), '0.options: BASE_TYPE_MAX_LENGTH'],
  ['required after optional', command({ options: [{ name: 'a', description: 'a', type: 3 }, { name: 'b', description: 'b', type: 3, required: true }] }), '0.options.1: APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID'],
  ['an option\'s name twice', command({ options: list(2, () => ({ name: 'a', description: 'a', type: 3 })) }), '0.options.1.name: APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS'],
  ['an option\'s type', option({ type: 12 }), '0.options.0.type: BASE_TYPE_CHOICES'],
  ['too many choices', option({ choices: list(26, (index) => ({ name: 'c', value: String(index) })) }), '0.options.0.choices: BASE_TYPE_MAX_LENGTH'],
  ['a choice\'s name', option({ choices: [{ name: '', value: 'v' }] }), '0.options.0.choices.0.name: BASE_TYPE_REQUIRED'],
  ['choices and autocomplete', option({ autocomplete: true, choices: [{ name: 'c', value: 'v' }] }), '0.options.0: APPLICATION_COMMAND_AUTOCOMPLETE_WITH_CHOICES'],
  ['autocomplete of a user', option({ type: 6, autocomplete: true }), '0.options.0.autocomplete: APPLICATION_COMMAND_AUTOCOMPLETE_NOT_ALLOWED'],
  ['length', option({ max_length: 6_001 }), '0.options.0.max_length: NUMBER_TYPE_MAX'],
  ['sub-commands among options', command({ options: [{ name: 'a', description: 'a', type: 1 }, { name: 'b', description: 'b', type: 3 }] }), '0.options: APPLICATION_COMMAND_OPTIONS_TYPE_INVALID'],
  ['all texts together', command({ options: list(25, (index) => ({ name: `o${index}`, description: 'o', type: 3, choices: list(25, (value) => ({ name: text(10), value: `${text(10)}${value}` })) })) }), '0: APPLICATION_COMMAND_TOO_LARGE'],
  ['a menu\'s description', [{ name: 'Menu', type: 3, description: 'x' }], '0.description: APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_NOT_ALLOWED'],
  ['a menu\'s options', [{ name: 'Menu', type: 2, options: [{ name: 'o', description: 'o', type: 3 }] }], '0.options: APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_NOT_ALLOWED'],
]

test.for(invalidCommands)('commands are refused for: %s', async ([, body, ...faults]) => {
  sandbox.advance(10_000)
  expect(faultsOf((await request(sandbox, 'PUT', commands(), body)).body)).toEqual(faults)
})

const input = (over: object = {}): object => ({ type: 4, custom_id: 'i', style: 1, ...over })
const label = (component: object, over: object = {}): object => ({ type: 18, label: 'L', component, ...over })
const modal = (over: object = {}): object => ({ type: 9, data: { custom_id: 'm', title: 'T', components: [label(input())], ...over } })
const callbacks: readonly [title: string, body: object, ...faults: string[]][] = [
  ['no type', {}, 'type: BASE_TYPE_REQUIRED'],
  ['a type for components only', { type: 7, data: { content: 'x' } }, 'type: BASE_TYPE_CHOICES'],
  ['no message', { type: 4 }, 'data: BASE_TYPE_REQUIRED'],
  ['a message', { type: 4, data: { embeds: [{ title: text(257) }] } }, 'data.embeds.0.title: BASE_TYPE_MAX_LENGTH'],
  ['a modal\'s title', modal({ title: text(46) }), 'data.title: BASE_TYPE_BAD_LENGTH'],
  ['a modal\'s custom id', modal({ custom_id: '' }), 'data.custom_id: BASE_TYPE_REQUIRED'],
  ['a modal without fields', modal({ components: [] }), 'data.components: BASE_TYPE_REQUIRED'],
  ['a modal with six fields', modal({ components: list(6, (index) => label(input({ custom_id: `i${index}` }))) }), 'data.components: BASE_TYPE_BAD_LENGTH'],
  ['a field\'s label', modal({ components: [label(input(), { label: text(46) })] }), 'data.components.0.label: BASE_TYPE_BAD_LENGTH'],
  ['a field\'s placeholder', modal({ components: [label(input({ placeholder: text(101) }))] }), 'data.components.0.component.placeholder: BASE_TYPE_MAX_LENGTH'],
  ['a field\'s length', modal({ components: [label(input({ max_length: 4_001 }))] }), 'data.components.0.component.max_length: NUMBER_TYPE_MAX'],
  ['the older kind of field', modal({ components: [row(input())] }), 'data.components.0.components.0.label: BASE_TYPE_REQUIRED'],
]

test.for(callbacks)('a callback is refused for: %s', async ([, body, ...faults]) => {
  await withCommand(async () => {
    const answer = sandbox.user('Ada').slash('/ask')
    const { path } = await nextInteraction()
    expect(faultsOf((await request(sandbox, 'POST', path, body)).body)).toEqual(faults)
    expect((await request(sandbox, 'POST', path, { type: 4, data: { content: 'now' } })).status).toBe(204)
    expect((await answer).message?.content).toBe('now')
  })
})

test('an autocompletion has at most 25 choices', async () => {
  await withCommand(async () => {
    const answer = sandbox.user('Ada').autocomplete('/ask', 'topic', { topic: 'h' })
    const { path } = await nextInteraction()
    const choices = list(26, (index) => ({ name: 'c', value: String(index) }))
    expect(faultsOf((await request(sandbox, 'POST', path, { type: 8, data: { choices } })).body)).toEqual(['data.choices: BASE_TYPE_MAX_LENGTH'])
    await request(sandbox, 'POST', path, { type: 8, data: { choices: choices.slice(1) } })
    expect((await answer).choices).toHaveLength(25)
  })
})

let seen = 0
async function nextInteraction(): Promise<{ path: string }> {
  const { d } = await gateway.find(({ t, s }) => t === 'INTERACTION_CREATE' && (s ?? 0) > seen)
  seen = gateway.payloads.at(-1)?.s ?? seen
  const { id, token } = d as { id: string; token: string }
  return { path: `/interactions/${id}/${token}/callback` }
}

/** The commands that the tests before have not replaced: every one of theirs was refused. */
async function withCommand(act: () => Promise<void>): Promise<void> {
  expect(sandbox.application.commands.get('global')).toMatchObject([{ name: 'ask' }])
  await act()
}
