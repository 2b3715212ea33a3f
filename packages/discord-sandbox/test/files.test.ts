/* eslint-disable @typescript-eslint/no-unsafe-enum-assignment -- a test writes what the wire has */
import { AttachmentBuilder, type Client, GatewayIntentBits, MessageFlags } from 'discord.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSandbox, NotPossible, type Sandbox } from '../src/index.ts'
import { connectClient } from './bot.ts'
import { request } from './raw-rest.ts'

const PICTURE = new Uint8Array([137, 80, 78, 71, 1, 2, 3])
let sandbox: Sandbox
let client: Client<true>

beforeAll(async () => {
  sandbox = await createSandbox()
  client = await connectClient(sandbox, { intents: [GatewayIntentBits.Guilds] })
  await client.application.commands.set([
    { name: 'import', description: 'i', options: [{ name: 'file', description: 'f', type: 11, required: true }] },
    { name: 'who', description: 'w', options: [{ name: 'whom', description: 'w', type: 9 }] },
    { name: 'picture', description: 'p' }, { name: 'later', description: 'l' }, { name: 'v2', description: 'v' },
  ])
  const picture = (): AttachmentBuilder => new AttachmentBuilder(Buffer.from(PICTURE), { name: 'chart.png', description: 'a chart' })
  client.on('interactionCreate', (interaction) => {
    const answer = async (): Promise<unknown> => {
      if (!interaction.isChatInputCommand()) return undefined
      switch (interaction.commandName) {
        case 'import': {
          const attachment = interaction.options.getAttachment('file', true)
          const text = await (await fetch(attachment.url)).text()
          return interaction.reply(`${attachment.name} ${attachment.size} ${attachment.contentType} ${text}`)
        }
        case 'who': return interaction.reply(`<@${interaction.options.get('whom')?.role === undefined ? '' : '&'}${String(interaction.options.get('whom')?.value)}>`)
        case 'picture': return interaction.reply({ embeds: [{ title: 'chart', image: { url: 'attachment://chart.png' } }], files: [picture()] })
        case 'later':
          await interaction.deferReply({ flags: MessageFlags.Ephemeral })
          await interaction.editReply({ content: 'first', files: [picture()] })
          await interaction.editReply({ content: 'second', attachments: [], files: [new AttachmentBuilder(Buffer.from('a,b'), { name: 'b.csv' })] })
          return interaction.followUp({ content: 'more', files: [picture()] })
        default: return interaction.reply({ flags: MessageFlags.IsComponentsV2, files: [picture()], components: [{ type: 17, components: [{ type: 10, content: `hello ${interaction.user.toString()}` }, { type: 12, items: [{ media: { url: 'attachment://chart.png' } }] }] }] })
      }
    }
    answer().catch((error: unknown) => client.emit('error', error as Error))
  })
})

afterAll(async () => {
  await client.destroy()
  await sandbox.close()
})

test('a bot downloads the file of an option', async () => {
  const { message } = await sandbox.user('Ada').slash('/import', { file: { filename: 'q.csv', content: 'a,b\n', contentType: 'text/csv' } })
  expect(message?.content).toBe('q.csv 4 text/csv a,b\n')
  await expect(sandbox.user('Ada').slash('/import', { file: 'text' })).rejects.toThrow(NotPossible)
  await expect(sandbox.user('Ada').slash('/import', { file: { filename: 'big', content: new Uint8Array(10 * 2 ** 20 + 1) } })).rejects.toThrow('10 MiB')
})

test('a mentionable is a user or a role', async () => {
  const ada = sandbox.user('Ada')
  const role = sandbox.addRole(sandbox.guild, 'Experts')
  expect((await ada.slash('/who', { whom: ada.id })).message?.content).toBe(`<@${ada.id}>`)
  expect((await ada.slash('/who', { whom: role.id })).message?.content).toBe(`<@&${role.id}>`)
  await expect(ada.slash('/who', { whom: '1' })).rejects.toThrow(NotPossible)
})

test('a file of an answer is kept and served, and embeds point to it', async () => {
  const { message } = await sandbox.user('Ada').slash('/picture')
  expect(message?.attachments).toMatchObject([{ filename: 'chart.png', size: 7, description: 'a chart' }])
  expect(message?.files[0]).toMatchObject({ name: 'chart.png', bytes: PICTURE })
  expect(message?.embeds[0]?.image?.url).toBe(message?.attachments[0]?.url)
  const served = await fetch(message?.attachments[0]?.url ?? '')
  expect(new Uint8Array(await served.arrayBuffer())).toEqual(PICTURE)
  expect(served.headers.get('x-content-type-options')).toBe('nosniff')
  expect((await fetch(`${sandbox.url.replace('/api', '')}/attachments/1/1/none.png`)).status).toBe(404)
})

test('edits replace files, and further messages have their own', async () => {
  const answer = await sandbox.user('Ada').slash('/later')
  await sandbox.until(() => answer.followups.length > 0)
  expect(answer.message?.files.map((file) => [file.name, Buffer.from(file.bytes).toString()])).toEqual([['b.csv', 'a,b']])
  expect(answer.followups[0]?.files).toHaveLength(1)
})

test('components of the newer kind show files and mention people', async () => {
  const ada = sandbox.user('Ada')
  const { message } = await ada.slash('/v2')
  expect(message?.raw.components).toMatchObject([{ id: 1, components: [{ id: 2, type: 10 }, { id: 3, items: [{ media: { url: message?.attachments[0]?.url } }] }] }])
  expect(message?.pings).toEqual([ada.id])
})

test('a bot may send 10 MiB and no more', async () => {
  const path = `/channels/${sandbox.channel.id}/messages`
  expect((await request(sandbox, 'POST', path, {}, [{ name: 'a.png', bytes: new Uint8Array(10 * 2 ** 20) }])).status).toBe(200)
  expect(await request(sandbox, 'POST', path, {}, [{ name: 'a.png', bytes: new Uint8Array(10 * 2 ** 20 + 1) }])).toMatchObject({ status: 413, body: { code: 40005 } })
})
