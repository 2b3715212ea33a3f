/* eslint-disable @typescript-eslint/no-deprecated -- bots still use the older kind of modal */
import { ActionRowBuilder, ButtonBuilder, ButtonStyle, Client, type ClientEvents, type ClientOptions, DiscordAPIError, Events, GatewayIntentBits, type Interaction, MessageFlags, ModalBuilder, SlashCommandBuilder, StringSelectMenuBuilder, TextInputBuilder, TextInputStyle } from 'discord.js'
import type { Sandbox } from '../src/index.ts'

/** A real client with one command of each behaviour, and the errors that Discord gave it. */
export async function startBot(sandbox: Sandbox): Promise<{ client: Client<true>; errors: unknown[]; stop: () => Promise<void> }> {
  const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: sandbox.url } })
  const errors: unknown[] = []
  client.on('error', (error) => void errors.push(error))
  client.on('interactionCreate', (interaction) => void answer(interaction).catch((error: unknown) => void errors.push(error)))
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve))
  await client.login(sandbox.token)
  const readyClient = await ready
  const plain = ['buttons', 'choose', 'ask', 'later', 'slow', 'twice', 'long', 'silent', 'ping'].map((name) => new SlashCommandBuilder().setName(name).setDescription(name))
  const play = new SlashCommandBuilder().setName('trivia').setDescription('Trivia').addSubcommand((sub) => sub.setName('play').setDescription('Play').addIntegerOption((option) => option.setName('rounds').setDescription('How many').setMinValue(1).setMaxValue(20)).addStringOption((option) => option.setName('category').setDescription('What').setAutocomplete(true)))
  await readyClient.application.commands.set([...plain, play])
  return { client: readyClient, errors, stop: () => client.destroy() }
}

/** A real client without handlers, once it is ready. */
export async function connectClient(sandbox: Sandbox, options: Omit<ClientOptions, 'rest'>): Promise<Client<true>> {
  const client = new Client({ ...options, rest: { api: sandbox.url } })
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve))
  await client.login(sandbox.token)
  return ready
}

/** The next event of a client that fits. */
export async function eventOf<K extends keyof ClientEvents>(client: Client, name: K, fits: (...args: ClientEvents[K]) => boolean = () => true): Promise<ClientEvents[K]> {
  return new Promise((resolve) => {
    const listener = (...args: ClientEvents[K]): void => {
      if (!fits(...args)) return
      client.off(name, listener as never)
      resolve(args)
    }
    client.on(name, listener as never)
  })
}

/** The code of one of Discord's errors. */
export function codeOf(error: unknown): number | string | undefined {
  return error instanceof DiscordAPIError ? error.code : undefined
}

const row = <T extends ButtonBuilder | StringSelectMenuBuilder | TextInputBuilder>(component: T): ActionRowBuilder<T> => new ActionRowBuilder<T>().addComponents(component)

async function answer(interaction: Interaction): Promise<void> {
  if (interaction.isAutocomplete()) return interaction.respond([{ name: `${interaction.options.getFocused()}tory`, value: 'history' }])
  if (interaction.isButton()) {
    await interaction.update({ content: `clicked by ${interaction.user.globalName ?? ''}`, components: [] })
    return
  }
  if (interaction.isStringSelectMenu()) {
    await interaction.reply({ content: `chose ${interaction.values.join()}`, flags: MessageFlags.Ephemeral })
    return
  }
  if (interaction.isModalSubmit()) {
    await interaction.reply(`said ${interaction.fields.getTextInputValue('text')}`)
    return
  }
  if (!interaction.isChatInputCommand()) return
  switch (interaction.commandName) {
    case 'trivia':
      await interaction.reply(`rounds ${interaction.options.getInteger('rounds') ?? 0}`)
      return
    case 'buttons':
      await interaction.reply({ content: 'press', components: [row(new ButtonBuilder().setCustomId('b').setLabel('B').setStyle(ButtonStyle.Primary))] })
      return
    case 'choose':
      await interaction.reply({ components: [row(new StringSelectMenuBuilder().setCustomId('s').addOptions({ label: 'One', value: '1' }))] })
      return
    case 'ask': return interaction.showModal(new ModalBuilder().setCustomId('m').setTitle('Ask').addComponents(row(new TextInputBuilder().setCustomId('text').setLabel('Text').setStyle(TextInputStyle.Short)))).then(() => {})
    case 'later':
      await interaction.deferReply()
      await interaction.editReply('done')
      await interaction.followUp({ content: 'psst', flags: MessageFlags.Ephemeral })
      return
    case 'slow':
      await new Promise((resolve) => setTimeout(resolve, 60))
      await interaction.reply('too late')
      return
    case 'twice':
      await interaction.reply('once')
      await interaction.client.rest.post(`/interactions/${interaction.id}/${interaction.token}/callback`, { body: { type: 4, data: { content: 'again' } }, auth: false })
      return
    case 'long':
      await interaction.reply('x'.repeat(2_001))
      return
    case 'ping':
      await interaction.reply({ content: `${interaction.user.toString()} @everyone`, allowedMentions: { parse: [] } })
      return
    default:
  }
}
