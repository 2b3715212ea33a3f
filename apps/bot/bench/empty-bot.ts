import { ActionRowBuilder, ApplicationCommandOptionType, ButtonBuilder, ButtonStyle, Client, Events, GatewayIntentBits, MessageFlags } from 'discord.js'

// What any bot on discord.js costs: it answers everything with a constant.
const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: process.env.DISCORD_API_URL ?? '' } })
const buttons = new ActionRowBuilder<ButtonBuilder>().addComponents(['A', 'B', 'C', 'D'].map((label) => new ButtonBuilder().setCustomId(label).setLabel(label).setStyle(ButtonStyle.Secondary)))
client.on(Events.InteractionCreate, (interaction) => {
  if (interaction.isChatInputCommand()) void interaction.reply({ content: 'Question?', components: [buttons] })
  else if (interaction.isButton()) void interaction.reply({ content: 'Your answer is in. 🤞', flags: MessageFlags.Ephemeral })
})
client.once(Events.ClientReady, (ready) => {
  void ready.application.commands.set([{ name: 'trivia', description: 'play', options: [{ type: ApplicationCommandOptionType.Subcommand, name: 'play', description: 'play' }] }]).then(() => console.log(JSON.stringify({ msg: 'commands are registered', rss: process.memoryUsage().rss })))
})
process.on('SIGUSR2', () => {
  globalThis.gc?.()
  console.log(JSON.stringify({ msg: 'memory', rss: process.memoryUsage().rss }))
})
await client.login(process.env.DISCORD_TOKEN ?? '')
