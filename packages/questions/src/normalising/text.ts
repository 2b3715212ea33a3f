/** Control and formatting characters that a question does not need; line breaks and tabs are treated as space. */
 
const INVISIBLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u0084\u0086-\u009F\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF\uFFFE\uFFFF]/g

/** One line: Unicode NFC, one space where there was any white space, nothing invisible. */
export function oneLine(text: string): string {
  return clean(text).replaceAll(/\s+/gu, ' ').trim()
}

/** Several lines: like oneLine, but line breaks stay, at most one empty line between two. */
export function lines(text: string): string {
  return clean(text).replaceAll(/\r\n?|[\u0085\u2028\u2029]/g, '\n').replaceAll(/[^\S\n]+/gu, ' ').replaceAll(/ ?\n ?/g, '\n').replaceAll(/\n{3,}/g, '\n\n').trim()
}

function clean(text: string): string {
  return text.toWellFormed().replaceAll(INVISIBLE, '').normalize('NFC')
}

/**
 * What two texts have in common when they are the same question or answer: case, quotes, punctuation and white
 * space do not count. Symbols stay, for C and C# are two languages.
 */
export function sameness(text: string): string {
  const key = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\p{Pi}\p{Pf}"'`´.,;:!?¡¿()[\]{}…]/gu, '')
    .replaceAll(/[\s_\p{Pd}]+/gu, ' ')
    .trim()
  return key === '' ? text.trim() : key
}
