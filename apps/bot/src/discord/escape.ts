/** What begins formatting anywhere in a text. */
const ANYWHERE = /[\\*_~|`[\]]/g
/** What begins a heading, a quote, a list or small print at the start of a line. */
const LINE_START = /^(\s*)(#{1,3}\s|>|-#?\s|\+\s)/gm
const NUMBERED = /^(\s*\d+)\.(?=\s)/gm
/** What looks like a mention, a time, an emoji or a command. A space of no width takes that from it. */
const MENTION = /<(?=[@#:/]|a:|t:|id:)|@(?=everyone|here)/g

/**
 * A text from outside (question, name, answer) that is shown as it is: no formatting, no links behind words, and
 * nothing that looks like a mention. That mentions do not notify is for allowed_mentions to see to.
 */
export function plain(text: string): string {
  return text
    .replace(ANYWHERE, '\\$&')
    .replace(LINE_START, '$1\\$2')
    .replace(NUMBERED, '$1\\.')
    .replace(MENTION, '$&\u200B')
}

/** A player's name in a line of text. */
export function playerName(name: string | null, userId: string): string {
  const known = name?.trim()
  return known ? plain(known.slice(0, 80)) : `#${userId.slice(-4)}`
}
