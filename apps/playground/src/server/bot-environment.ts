/**
 * The environment of a bot on the local Discord. What .env says about the real one must not reach it: an empty
 * variable counts as absent, and .env does not overwrite it.
 */
export function localBotEnvironment({ token, api, database }: { token: string; api: string; database: string }): NodeJS.ProcessEnv {
  // discord.js looks for these two by itself, and takes an empty one for a number.
  const rest = Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== 'SHARDS' && name !== 'SHARD_COUNT'))
  return {
    ...rest,
    DISCORD_TOKEN: token, DISCORD_API_URL: api, DATABASE_PATH: database, LOG_LEVEL: 'info',
    DATABASE_URL: '', REGISTER_COMMANDS: '', REGISTER_GUILD: '', METRICS_PORT: '', METRICS_HOST: '',
  }
}
