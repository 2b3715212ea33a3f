import { parseBlocks } from './blocks.ts'
import type { Block, Inline } from './tree.ts'

/** A text without its marks, to be read out. */
export function plainText(text: string, nameOf: (id: string) => string): string {
  return parseBlocks(text).map((block) => ofBlock(block, nameOf)).join(' ').replace(/\s+/g, ' ').trim()
}

function ofBlock(block: Block, nameOf: (id: string) => string): string {
  switch (block.kind) {
    case 'code': return block.text
    case 'quote': return block.blocks.map((each) => ofBlock(each, nameOf)).join(' ')
    case 'list': return block.items.map(({ children }) => ofInlines(children, nameOf)).join(', ')
    default: return ofInlines(block.children, nameOf)
  }
}

function ofInlines(list: readonly Inline[], nameOf: (id: string) => string): string {
  return list.map((each): string => {
    switch (each.kind) {
      case 'text': case 'code': case 'everyone': return each.text
      case 'user': case 'role': case 'channel': return nameOf(each.id)
      case 'command': return `/${each.name}`
      case 'emoji': return each.name
      case 'time': return ''
      case 'spoiler': return 'spoiler'
      default: return ofInlines(each.children, nameOf)
    }
  }).join('')
}
