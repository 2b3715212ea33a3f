/* eslint-disable @typescript-eslint/no-unsafe-enum-assignment -- a test writes what the wire has */
import { ChannelType, type Client, GatewayIntentBits, type Message, Partials, PermissionFlagsBits } from 'discord.js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSandbox, NotPossible, type Sandbox } from '../src/index.ts'
import { connectClient, eventOf } from './bot.ts'

const { Guilds, GuildMembers, GuildMessages, DirectMessages, MessageContent } = GatewayIntentBits
let sandbox: Sandbox
let client: Client<true>

beforeEach(async () => {
  sandbox = await createSandbox({ privilegedIntents: GuildMembers })
  client = await connectClient(sandbox, { intents: [Guilds, GuildMembers, GuildMessages, DirectMessages], partials: [Partials.Channel] })
})

afterEach(async () => {
  await client.destroy()
  await sandbox.close()
})

test('the bot hears of servers that come and go', async () => {
  const created = eventOf(client, 'guildCreate')
  const { guild } = sandbox.addGuild('Second')
  expect((await created)[0].name).toBe('Second')
  const removed = eventOf(client, 'guildDelete')
  sandbox.removeBot(guild)
  expect((await removed)[0].id).toBe(guild.id)
  const again = eventOf(client, 'guildCreate')
  sandbox.addBot(guild)
  await again
  const deleted = eventOf(client, 'guildDelete')
  sandbox.deleteGuild(guild)
  await deleted
  expect(sandbox.world.guilds.has(guild.id)).toBe(false)
})

test('the bot can leave a server', async () => {
  const { guild } = sandbox.addGuild('Second')
  const left = eventOf(client, 'guildDelete')
  await (await client.guilds.fetch(guild.id)).leave()
  expect((await left)[0].id).toBe(guild.id)
  await expect(client.rest.get(`/guilds/${guild.id}`)).rejects.toMatchObject({ code: 50001 })
})

test('the bot hears of channels, and of its permissions in them', async () => {
  const created = eventOf(client, 'channelCreate')
  const channel = sandbox.addChannel(sandbox.guild, 'quiz', { topic: 'questions' })
  expect((await created)[0]).toMatchObject({ name: 'quiz', topic: 'questions' })
  const renamed = eventOf(client, 'channelUpdate')
  sandbox.updateChannel(channel, { name: 'quizzes' })
  expect((await renamed)[1]).toMatchObject({ name: 'quizzes' })
  const denied = eventOf(client, 'channelUpdate')
  sandbox.denyBot(channel, PermissionFlagsBits.SendMessages)
  const [, after] = await denied
  expect(after.type === ChannelType.GuildText && after.permissionsFor(client.user)?.has('SendMessages')).toBe(false)
  const deleted = eventOf(client, 'channelDelete')
  sandbox.deleteChannel(channel)
  expect((await deleted)[0].id).toBe(channel.id)
})

test('the bot hears of members and roles', async () => {
  const { guild } = sandbox.addGuild('Second')
  const ada = sandbox.user('Ada')
  const joined = eventOf(client, 'guildMemberAdd', (member) => member.guild.id === guild.id)
  sandbox.join(guild, ada)
  expect((await joined)[0].displayName).toBe('Ada')
  const left = eventOf(client, 'guildMemberRemove')
  sandbox.leave(guild, ada)
  expect((await left)[0].id).toBe(ada.id)
  const role = eventOf(client, 'roleCreate')
  const made = sandbox.addRole(guild, 'Experts', 8n)
  expect((await role)[0]).toMatchObject({ id: made.id, name: 'Experts' })
  const changed = eventOf(client, 'roleUpdate')
  sandbox.setRolePermissions(guild, made.id, 0n)
  expect((await changed)[1].permissions.bitfield).toBe(0n)
})

test('what users write has no text without the intent, unless it is for the bot', async () => {
  const next = async (): Promise<Message> => (await eventOf(client, 'messageCreate'))[0]
  const hidden = next()
  sandbox.user('Ada').write('secret', { files: [{ filename: 'a.txt', content: 'a' }] })
  expect(await hidden).toMatchObject({ content: '', attachments: { size: 0 }, author: { globalName: 'Ada' } })
  const mention = next()
  sandbox.user('Ada').write(`<@${client.user.id}> hello`)
  expect((await mention).content).toContain('hello')
  const direct = next()
  sandbox.user('Ada').direct().write('just us')
  expect(await direct).toMatchObject({ content: 'just us', guildId: null })
})

test('with the intent the bot reads all, but not in channels that are hidden from it', async () => {
  await using open = await createSandbox({ privilegedIntents: MessageContent })
  const reader = await connectClient(open, { intents: [Guilds, GuildMessages, MessageContent] })
  const hidden = open.addChannel(open.guild, 'hidden')
  open.denyBot(hidden, PermissionFlagsBits.ViewChannel)
  const heard = eventOf(reader, 'messageCreate')
  open.user('Ada').in(hidden).write('unheard')
  open.user('Ada').write('heard')
  expect((await heard)[0].content).toBe('heard')
  await reader.destroy()
})

test('a message that a moderator deletes is gone for the bot', async () => {
  const message = sandbox.user('Ada').write('oops')
  const channel = client.channels.cache.get(sandbox.channel.id)
  const deleted = eventOf(client, 'messageDelete')
  sandbox.user('Ada').write('more')
  sandbox.deleteMessage(message)
  expect((await deleted)[0].id).toBe(message.id)
  expect(message.deleted).toBe(true)
  expect(sandbox.user('Ada').messages().map((each) => each.content)).toEqual(['more'])
  await expect(channel?.isTextBased() === true ? channel.messages.fetch(message.id) : undefined).rejects.toMatchObject({ code: 10008 })
})

test('commands are chosen from the menus of users and messages', async () => {
  await client.application.commands.set([{ name: 'Show score', type: 2 }, { name: 'Report', type: 3 }])
  client.on('interactionCreate', (interaction) => {
    if (interaction.isUserContextMenuCommand()) void interaction.reply(`score of ${interaction.targetUser.globalName ?? ''}`)
    if (interaction.isMessageContextMenuCommand()) void interaction.reply(`reported ${interaction.targetMessage.content}`)
  })
  const [ada, bob] = [sandbox.user('Ada'), sandbox.user('Bob')]
  expect((await ada.onUser('Show score', bob)).message?.content).toBe('score of Bob')
  expect((await ada.onMessage('Report', bob.write('spam'))).message?.content).toBe('reported spam')
  await expect(ada.onUser('Report', bob)).rejects.toThrow(NotPossible)
})

test('commands work in a conversation if their contexts say so', async () => {
  await client.application.commands.set([{ name: 'both', description: 'b', contexts: [0, 1] }, { name: 'server', description: 's', contexts: [0] }, { name: 'alone', description: 'a', contexts: [1] }])
  client.on('interactionCreate', (interaction) => void (interaction.isChatInputCommand() && interaction.reply(`${interaction.context} ${interaction.guildId} ${interaction.user.globalName}`)))
  const ada = sandbox.user('Ada')
  expect((await ada.direct().slash('/both')).message?.content).toBe('1 null Ada')
  expect((await ada.slash('/both')).message?.content).toBe(`0 ${sandbox.guild.id} Ada`)
  await expect(ada.direct().slash('/server')).rejects.toThrow(NotPossible)
  await expect(ada.slash('/alone')).rejects.toThrow(NotPossible)
  expect(() => sandbox.user('Bob').in(ada.direct().channel)).toThrow(NotPossible)
})

test('the permissions of a user decide what the menu offers, and can be changed', async () => {
  await client.application.commands.set([{ name: 'admin', description: 'a', defaultMemberPermissions: PermissionFlagsBits.ManageGuild }])
  client.on('interactionCreate', (interaction) => void (interaction.isChatInputCommand() && interaction.reply(String(interaction.memberPermissions?.has('ManageGuild')))))
  const ada = sandbox.user('Ada')
  await expect(ada.slash('/admin')).rejects.toThrow(NotPossible)
  expect((await ada.slash('/admin', {}, { evenIfHidden: true })).message?.content).toBe('false')
  ada.setPermissions(PermissionFlagsBits.ManageGuild)
  expect((await ada.slash('/admin')).message?.content).toBe('true')
  ada.setPermissions(0n)
  await expect(ada.slash('/admin')).rejects.toThrow(NotPossible)
})

test('selects of users, roles and channels bring what was chosen', async () => {
  await client.application.commands.set([{ name: 'choose', description: 'c' }])
  client.on('interactionCreate', (interaction) => {
    if (interaction.isChatInputCommand()) void interaction.reply({ components: [{ type: 1, components: [{ type: 5, customId: 'u' }] }, { type: 1, components: [{ type: 8, customId: 'c', maxValues: 2 }] }] })
    if (interaction.isUserSelectMenu()) void interaction.reply(`user ${interaction.users.first()?.globalName ?? ''}`)
    if (interaction.isChannelSelectMenu()) void interaction.reply(`channels ${interaction.values.length}`)
  })
  const ada = sandbox.user('Ada')
  const { message } = await ada.slash('/choose')
  if (message === undefined) throw new Error('no message')
  expect((await ada.select(message, [sandbox.user('Bob').id], 'u')).message?.content).toBe('user Bob')
  expect((await ada.select(message, [sandbox.channel.id, sandbox.addChannel(sandbox.guild, 'x').id], 'c')).message?.content).toBe('channels 2')
  await expect(ada.select(message, ['1'], 'u')).rejects.toThrow(NotPossible)
})
