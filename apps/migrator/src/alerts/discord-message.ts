import { basename } from 'node:path'
import type { Alert } from './alert.ts'

const COLOURS = { critical: 0xd83c3e, warning: 0xf0b232, resolved: 0x23a55a } as const
const TITLE = 256
const DESCRIPTION = 2000
const FIELD = 1024

/** An alert as Discord's webhooks take it: one embed, which mentions nobody whatever a text says. */
export function discordMessage(alert: Alert): object {
  const { status, severity, summary, what, why, next, at, database, host } = alert
  const resolved = status === 'resolved'
  const fields = [
    ...(resolved ? [] : [{ name: 'Why', value: text(why, FIELD) }, { name: 'Next', value: text(next, FIELD) }]),
    { name: 'Database', value: text(basename(database), 200), inline: true },
    { name: 'Host', value: text(host, 200), inline: true },
  ]
  return {
    username: 'Trivia migrator',
    embeds: [{
      title: text(`${resolved ? '✅ Well again: ' : severity === 'critical' ? '🔴 ' : '🟡 '}${summary}`, TITLE),
      description: text(resolved ? `No longer so: ${what}` : what, DESCRIPTION),
      color: resolved ? COLOURS.resolved : COLOURS[severity],
      fields,
      timestamp: at,
    }],
    allowed_mentions: { parse: [] },
  }
}

/** Plain text, without Discord's marks, and not longer than may be; an empty value would be refused. */
function text(raw: string, most: number): string {
  const escaped = raw.toWellFormed().replaceAll(/[\\*_~`|>[\]#]/g, '\\$&').trim()
  if (escaped === '') return '–'
  if (escaped.length <= most) return escaped
  // Not in the middle of an escape or of a surrogate pair.
  return `${escaped.slice(0, most - 1).replace(/(\\|[\uD800-\uDBFF])$/, '')}…`
}
