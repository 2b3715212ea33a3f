import { tokenAt } from './token.ts'
import type { Inline } from './tree.ts'

/** What stands around a text, longest first. */
const MARKS = [
  { mark: '**', kind: 'strong' }, { mark: '__', kind: 'underline' }, { mark: '~~', kind: 'strike' }, { mark: '||', kind: 'spoiler' },
  { mark: '*', kind: 'em' }, { mark: '_', kind: 'em' },
] as const

/** Deeper than anybody writes; a text made of marks only must not cost more. */
const DEEPEST = 8

/** Reads what stands within a line. */
export function parseInline(text: string, depth = 0): Inline[] {
  const found: Inline[] = []
  let plain = ''
  const add = (node: Inline): void => {
    if (plain !== '') found.push({ kind: 'text', text: plain })
    plain = ''
    found.push(node)
  }
  for (let at = 0; at < text.length;) {
    const escaped = escapedAt(text, at)
    if (escaped !== null) {
      plain += escaped
      at += 1 + escaped.length
      continue
    }
    const read = tokenAt(text, at) ?? (depth < DEEPEST ? markedAt(text, at, depth) : null)
    if (read === null) {
      plain += text.charAt(at)
      at += 1
    } else {
      add(read.node)
      at = read.end
    }
  }
  if (plain !== '') found.push({ kind: 'text', text: plain })
  return found
}

/** The character that a backslash takes its meaning from. */
function escapedAt(text: string, at: number): string | null {
  if (text.charAt(at) !== '\\') return null
  const next = text.charAt(at + 1)
  return next !== '' && !/[\p{L}\p{N}\s]/u.test(next) ? next : null
}

function markedAt(text: string, at: number, depth: number): { node: Inline; end: number } | null {
  for (const { mark, kind } of MARKS) {
    if (!text.startsWith(mark, at)) continue
    const end = closing(text, at, mark)
    if (end === -1) continue
    const inner = text.slice(at + mark.length, end)
    return { node: { kind, children: parseInline(inner, depth + 1) }, end: end + mark.length }
  }
  return null
}

/** Where a mark that opens at a place closes; -1 if it is none. */
function closing(text: string, open: number, mark: string): number {
  const from = open + mark.length
  const single = mark.length === 1
  if (single && /\s|^$/.test(text.charAt(from))) return -1
  // snake_case_names are no emphasis.
  if (mark === '_' && /[\p{L}\p{N}]/u.test(text.charAt(open - 1))) return -1
  for (let at = from; at < text.length; at += 1) {
    if (text.charAt(at) === '\\') at += 1
    else if (single && text.startsWith(mark + mark, at)) at += 1
    else if (text.startsWith(mark, at) && at > from && !text.startsWith(mark, at + 1)) {
      const inWord = mark === '_' && /[\p{L}\p{N}]/u.test(text.charAt(at + 1))
      if (!inWord && !(single && /\s/.test(text.charAt(at - 1)))) return at
    }
  }
  return -1
}
