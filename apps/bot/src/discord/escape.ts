import { escapeMarkdown } from 'discord.js'

/**
 * A text from outside (question, name, answer) that is shown as it is: no markup, no links behind words, and no
 * mentions, of which not even the look remains. That mentions do not notify is for allowed_mentions to see to.
 */
export function plain(text: string): string {
  return escapeMarkdown(text, { maskedLink: true, heading: true, bulletedList: true, numberedList: true, strikethrough: true, underline: true })
    .replaceAll(/[<@]/g, (sign) => `${sign}\u200B`)
    .replaceAll(/^(>+|-#)/gm, '\\$1')
}

/** A player's name in a line of text. */
export function playerName(name: string | null, userId: string): string {
  const known = name?.trim()
  return known ? plain(known.slice(0, 80)) : `#${userId.slice(-4)}`
}
