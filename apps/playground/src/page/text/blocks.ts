import { parseInline } from './inline.ts'
import type { Block, ListItem } from './tree.ts'

const FENCE = /```(?:([\w+#-]{1,20})\n)?\n?([^]*?)\n?```/g
const HEADING = /^(#{1,3}) +(\S.*)$/
const SMALL = /^-# +(\S.*)$/
const ITEM = /^( *)(?:[-*]|(\d{1,9})\.) +(\S.*)$/
const QUOTE = /^> ?(.*)$/
const QUOTED_REST = />>> ([^]*)$/

/** Reads a message's text. */
export function parseBlocks(text: string): Block[] {
  const found: Block[] = []
  let from = 0
  for (const match of text.matchAll(FENCE)) {
    found.push(...parseLines(text.slice(from, match.index)))
    found.push({ kind: 'code', language: match[1] ?? '', text: match[2] ?? '' })
    from = match.index + match[0].length
  }
  found.push(...parseLines(text.slice(from)))
  return found
}

function parseLines(text: string): Block[] {
  const lines = text.replace(/^\n|\n$/g, '').split('\n')
  const found: Block[] = []
  let paragraph: string[] = []
  const endParagraph = (): void => {
    if (paragraph.some((line) => line.trim() !== '')) found.push({ kind: 'paragraph', children: parseInline(paragraph.join('\n')) })
    paragraph = []
  }
  for (let at = 0; at < lines.length;) {
    const line = lines[at] ?? ''
    const special = specialAt(lines, at)
    if (special === null) {
      paragraph.push(line)
      at += 1
    } else {
      endParagraph()
      found.push(special.block)
      at = special.end
    }
  }
  endParagraph()
  return found
}

function specialAt(lines: readonly string[], at: number): { block: Block; end: number } | null {
  const line = lines[at] ?? ''
  const heading = HEADING.exec(line)
  if (heading) return { block: { kind: 'heading', level: (heading[1]?.length ?? 1) as 1 | 2 | 3, children: parseInline(heading[2] ?? '') }, end: at + 1 }
  const small = SMALL.exec(line)
  if (small) return { block: { kind: 'small', children: parseInline(small[1] ?? '') }, end: at + 1 }
  if (line.startsWith('>>> ')) {
    const rest = QUOTED_REST.exec(lines.slice(at).join('\n'))?.[1] ?? ''
    return { block: { kind: 'quote', blocks: parseLines(rest) }, end: lines.length }
  }
  if (QUOTE.test(line) && (line.startsWith('> ') || line === '>')) {
    const quoted = takeWhile(lines, at, (each) => each.startsWith('> ') || each === '>')
    return { block: { kind: 'quote', blocks: parseLines(quoted.map((each) => QUOTE.exec(each)?.[1] ?? '').join('\n')) }, end: at + quoted.length }
  }
  if (!ITEM.test(line)) return null
  const items = takeWhile(lines, at, (each) => ITEM.test(each))
  const start = ITEM.exec(line)?.[2]
  return { block: { kind: 'list', start: start === undefined ? null : Number(start), items: items.map(itemOf) }, end: at + items.length }
}

function itemOf(line: string): ListItem {
  const [, indent = '', , text = ''] = ITEM.exec(line) ?? []
  return { depth: Math.min(4, Math.floor(indent.length / 2)), children: parseInline(text) }
}

function takeWhile(lines: readonly string[], from: number, isPart: (line: string) => boolean): string[] {
  const end = lines.findIndex((line, index) => index >= from && !isPart(line))
  return lines.slice(from, end === -1 ? lines.length : end)
}
