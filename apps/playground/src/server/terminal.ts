import { styleText } from 'node:util'

/** What `pnpm dev` tells people. */
export const terminal = {
  say: (text: string): void => void process.stdout.write(`${text}\n`),
  note: (text: string): void => void process.stdout.write(`${styleText('dim', text)}\n`),
  warn: (text: string): void => void process.stderr.write(`${styleText('yellow', '!')} ${text}\n`),
}

/** A line of the bot's log for people; null for one that nobody has to see. */
export function readableLog(line: string): string | null {
  if (!line.startsWith('{')) return line.trim() === '' ? null : line
  try {
    const { level, msg, err } = JSON.parse(line) as { level?: unknown; msg?: unknown; err?: { message?: unknown } }
    const serious = typeof level === 'number' ? level >= 40 : level === 'warn' || level === 'error' || level === 'fatal'
    if (!serious) return null
    return [msg, err?.message].filter((each) => typeof each === 'string').join(': ')
  } catch {
    return line
  }
}
