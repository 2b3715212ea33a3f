import type { Inline } from './tree.ts'

interface Rule {
  /** Sticky. */
  readonly pattern: RegExp
  readonly read: (groups: readonly (string | undefined)[]) => Inline
}

/** What begins with one of these is looked at. */
const FIRST = /[`<@[h]/

const RULES: readonly Rule[] = [
  { pattern: /(`+)([^`](?:[^]*?[^`])??)\1(?!`)/y, read: ([, , text]) => ({ kind: 'code', text: text ?? '' }) },
  { pattern: /<t:(-?\d{1,13})(?::([tTdDfFRsS]))?>/y, read: ([, at, style]) => ({ kind: 'time', at: Number(at), style: style ?? 'f' }) },
  { pattern: /<@!?(\d{15,21})>/y, read: ([, id]) => ({ kind: 'user', id: id ?? '' }) },
  { pattern: /<@&(\d{15,21})>/y, read: ([, id]) => ({ kind: 'role', id: id ?? '' }) },
  { pattern: /<#(\d{15,21})>/y, read: ([, id]) => ({ kind: 'channel', id: id ?? '' }) },
  { pattern: /<\/([\p{L}\p{N}_ -]{1,100}):\d{15,21}>/uy, read: ([, name]) => ({ kind: 'command', name: name ?? '' }) },
  { pattern: /<a?:(\w{2,32}):\d{15,21}>/y, read: ([, name]) => ({ kind: 'emoji', name: name ?? '' }) },
  { pattern: /@(?:everyone|here)/y, read: ([text]) => ({ kind: 'everyone', text: text ?? '' }) },
  { pattern: /\[((?:\\[^]|[^[\]\\\n]){1,200})\]\((https?:\/\/[^\s()<>"]{1,500})\)/y, read: ([, text, href]) => link(href ?? '', text ?? '') },
  { pattern: /<(https?:\/\/[^\s<>"]{1,500})>/y, read: ([, href]) => link(href ?? '', href ?? '') },
  { pattern: /https?:\/\/[^\s<>"]{1,500}[^\s<>"'.,;:!?)\]*_~|]/y, read: ([href]) => link(href ?? '', href ?? '') },
]

/** What stands at a place of a text and has no parts: code, a time, a mention, a link. */
export function tokenAt(text: string, at: number): { readonly node: Inline; readonly end: number } | null {
  if (!FIRST.test(text.charAt(at))) return null
  for (const { pattern, read } of RULES) {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (match !== null) return { node: read(match), end: pattern.lastIndex }
  }
  return null
}

/** A link as far as it is one to the web; other schemes are a text. */
function link(href: string, text: string): Inline {
  const url = URL.parse(href)
  const label = text.replace(/\\([^\p{L}\p{N}\s])/gu, '$1')
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return { kind: 'text', text: label }
  return { kind: 'link', href: url.href, children: [{ kind: 'text', text: label }] }
}
