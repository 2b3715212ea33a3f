import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { z } from 'zod'
import { createSandbox } from './driver/sandbox.ts'

const seed = z.strictObject({ token: z.string().min(1).optional(), guild: z.string().min(1).optional(), guilds: z.array(z.string().min(1)).default([]), users: z.array(z.strictObject({ name: z.string().min(1), locale: z.string().optional() })).default([]) })

/** The command line: starts a sandbox, prints its addresses as one line of JSON, and runs until it is told to stop. */
export async function main(args: readonly string[], process: Pick<NodeJS.Process, 'stdout' | 'once'>): Promise<void> {
  const program = new Command('discord-sandbox').requiredOption('--port <number>', 'the port on 127.0.0.1; 0 for any', Number).option('--seed <file>', 'JSON: token, guild, guilds, users').parse([...args], { from: 'user' })
  const options = program.opts<{ port: number; seed?: string }>()
  const start = seed.parse(options.seed === undefined ? {} : JSON.parse(readFileSync(options.seed, 'utf8')))
  const sandbox = await createSandbox({ port: options.port, ...(start.token === undefined ? {} : { token: start.token }), ...(start.guild === undefined ? {} : { guild: start.guild }) })
  for (const name of start.guilds) sandbox.addGuild(name)
  for (const { name, locale } of start.users) sandbox.user(name, locale === undefined ? {} : { locale })
  process.stdout.write(`${JSON.stringify({ api: sandbox.url, gateway: sandbox.gatewayUrl, control: sandbox.controlUrl, token: sandbox.token, applicationId: sandbox.application.id, guildId: sandbox.guild.id, channelId: sandbox.channel.id })}\n`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.close())
}
