/** Where alerts go, and how. */
export interface Receiver {
  readonly url: URL
  readonly format: 'discord' | 'json'
  /** Signs what is sent; null where nothing is to be signed. */
  readonly secret: string | null
}

/** The receiver, or none; with what the operator should know of the settings. */
export interface ReadReceiver {
  readonly receiver: Receiver | null
  readonly problems: readonly string[]
}

const DISCORD_HOSTS = new Set(['discord.com', 'discordapp.com', 'ptb.discord.com', 'canary.discord.com'])
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/

/**
 * Reads ALERT_WEBHOOK_URL, ALERT_WEBHOOK_SECRET and ALERT_WEBHOOK_FORMAT. What it says never contains the address: that
 * of a Discord webhook is as good as a password.
 */
export function readReceiver(env: NodeJS.ProcessEnv): ReadReceiver {
  const text = env.ALERT_WEBHOOK_URL?.trim()
  if (text === undefined || text === '') return { receiver: null, problems: [] }
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    return { receiver: null, problems: ['ALERT_WEBHOOK_URL is no http or https address; alerts are not sent.'] }
  }
  if (url.username !== '' || url.password !== '') {
    return { receiver: null, problems: ['ALERT_WEBHOOK_URL has a user name in it, which is not supported; alerts are not sent.'] }
  }
  const problems: string[] = []
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) problems.push('ALERT_WEBHOOK_URL is http: who listens on the way can read the alerts.')
  const isDiscord = DISCORD_HOSTS.has(url.hostname) && /^\/api\/(v\d+\/)?webhooks\//.test(url.pathname)
  const format = env.ALERT_WEBHOOK_FORMAT?.trim() ?? ''
  if (!['', 'discord', 'json'].includes(format)) problems.push(`ALERT_WEBHOOK_FORMAT is ${JSON.stringify(format)}; it can be discord or json.`)
  const chosen = format === 'discord' || format === 'json' ? format : isDiscord ? 'discord' : 'json'
  const secret = env.ALERT_WEBHOOK_SECRET ?? ''
  return { receiver: { url, format: chosen, secret: secret === '' ? null : secret }, problems }
}
