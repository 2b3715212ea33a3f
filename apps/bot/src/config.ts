import { databaseLocation } from '@trivia/database/location'
import { z } from 'zod'
import { BotError } from './errors.ts'

/** Discord's own. */
const DISCORD_API = 'https://discord.com/api'

const whole = (least: number, most: number) => {
  const error = `is no whole number from ${least} to ${most}`
  return z.coerce.number({ error }).int({ error }).min(least, { error }).max(most, { error })
}

/** What the bot reads from the environment. A variable that is empty counts as absent. */
const schema = z.object({
  DISCORD_TOKEN: z.string({ error: 'is missing: the token of the bot, from the Discord developer portal' }).refine((token) => !/\s/.test(token), 'has spaces in it').transform((token) => token.replace(/^Bot /, '')),
  DISCORD_API_URL: z.url({ protocol: /^https?$/, error: 'is no http(s) URL' }).default(DISCORD_API),
  DATABASE_PATH: z.string().optional(),
  DATABASE_URL: z.string().optional(),
  METRICS_PORT: whole(0, 65_535).optional(),
  METRICS_HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  SHARDS: z.string().regex(/^(?:auto|\d+(?:,\d+)*)$/, 'is neither "auto" nor a list of shard numbers such as 0,1').default('auto'),
  SHARD_COUNT: whole(1, 16_000).optional(),
  REGISTER_COMMANDS: z.enum(['auto', 'off']).default('auto'),
  REGISTER_GUILD: z.string().regex(/^\d{15,21}$/, 'is no id of a server').optional(),
})

/** Everything that the bot can be told. */
export interface Config {
  readonly token: string
  /** Without version and slash at its end. */
  readonly apiUrl: string
  /** Absolute, with links followed. */
  readonly database: string
  /** Null: no HTTP server. 0: any free port. */
  readonly metrics: { readonly host: string; readonly port: number } | null
  readonly logLevel: string
  readonly shards: 'auto' | readonly number[]
  readonly shardCount: number | null
  readonly registerCommands: boolean
  /** Registers the commands in this server only. */
  readonly registerGuild: string | null
}

/**
 * Reads and checks the environment.
 *
 * @param base what relative paths are relative to
 * @throws BotError CONFIG_INVALID with everything that is wrong; the token's value is in no message
 */
export function readConfig(env: NodeJS.ProcessEnv, base: string): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''))
  const parsed = schema.safeParse(given)
  const problems = parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`)
  const value = parsed.success ? parsed.data : undefined
  if (value && value.SHARDS !== 'auto' && value.SHARD_COUNT === undefined) problems.push('SHARD_COUNT is missing: SHARDS names shards, so it must be known how many there are')
  const shards = value === undefined || value.SHARDS === 'auto' ? 'auto' as const : [...new Set(value.SHARDS.split(',').map(Number))]
  if (shards !== 'auto' && shards.some((shard) => shard >= (value?.SHARD_COUNT ?? Infinity))) problems.push('SHARDS names a shard that is not below SHARD_COUNT')
  const location = value && databaseLocation({ env: value, base })
  if (location !== undefined && 'problem' in location) problems.push(`${location.problem.what} ${location.problem.why}`)
  if (value === undefined || location === undefined || 'problem' in location || problems.length > 0) {
    throw new BotError({
      code: 'CONFIG_INVALID', exitCode: 2,
      what: problems.length === 1 ? 'A setting is wrong.' : `${problems.length} settings are wrong.`,
      why: problems.join('\n        '),
      next: 'Set them in the environment or in .env; .env.example names all of them.',
    })
  }
  return {
    token: value.DISCORD_TOKEN,
    apiUrl: value.DISCORD_API_URL.replace(/\/+$/, '').replace(/\/v\d+$/, ''),
    database: location.path,
    metrics: value.METRICS_PORT === undefined ? null : { host: value.METRICS_HOST, port: value.METRICS_PORT },
    logLevel: value.LOG_LEVEL,
    shards,
    shardCount: value.SHARD_COUNT ?? null,
    registerCommands: value.REGISTER_COMMANDS === 'auto',
    registerGuild: value.REGISTER_GUILD ?? null,
  }
}
