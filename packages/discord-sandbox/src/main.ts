import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { z } from 'zod'
import { createSandbox } from './driver/sandbox.ts'

const text = z.string().min(1)
const count = z.number().int().nonnegative()
const seedSchema = z.strictObject({
  token: text.optional(),
  guild: text.optional(),
  privilegedIntents: count.optional(),
  stableIds: z.boolean().optional(),
  identifyWindowMs: count.optional(),
  guilds: z.array(z.union([text, z.strictObject({ name: text, locale: text.optional(), channels: z.array(text).default([]) })])).default([]),
  users: z.array(z.strictObject({ name: text, locale: text.optional(), permissions: z.string().regex(/^\d+$/).transform(BigInt).optional(), directMessages: z.boolean().default(true) })).default([]),
  manyGuilds: z.strictObject({ count: count.min(1), channels: count.max(500).default(20), roles: count.max(250).default(15) }).optional(),
})

/** The command line: starts a sandbox, prints its addresses as one line of JSON, and runs until it is told to stop. */
export async function main(args: readonly string[], process: Pick<NodeJS.Process, 'stdout' | 'once'>): Promise<undefined> {
  const program = new Command('discord-sandbox').requiredOption('--port <number>', 'the port on 127.0.0.1; 0 for any', Number).option('--seed <file>', 'JSON: what there is at the start').parse([...args], { from: 'user' })
  const options = program.opts<{ port: number; seed?: string }>()
  const seed = seedSchema.parse(options.seed === undefined ? {} : JSON.parse(readFileSync(options.seed, 'utf8')))
  const sandbox = await createSandbox(withoutAbsent({ port: options.port, token: seed.token, guild: seed.guild, privilegedIntents: seed.privilegedIntents, manyGuilds: seed.manyGuilds, stableIds: seed.stableIds, identify: seed.identifyWindowMs === undefined ? undefined : { windowMs: seed.identifyWindowMs } }))
  for (const given of seed.guilds) {
    const { name, locale, channels } = typeof given === 'string' ? { name: given, locale: undefined, channels: [] } : given
    const { guild } = sandbox.addGuild(name, locale)
    for (const channel of channels) sandbox.addChannel(guild, channel)
  }
  for (const { name, directMessages, ...about } of seed.users) sandbox.user(name, withoutAbsent(about)).setDirectMessages(directMessages)
  process.stdout.write(`${JSON.stringify({ api: sandbox.url, gateway: sandbox.gatewayUrl, control: sandbox.controlUrl, token: sandbox.token, applicationId: sandbox.application.id, guildId: sandbox.guild.id, channelId: sandbox.channel.id })}\n`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.close())
  return undefined
}

/** The options that were given, as far as `exactOptionalPropertyTypes` wants absent ones to be absent. */
function withoutAbsent<T extends { [K in keyof T]: unknown }>(given: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> }
}

