import { describe, expect, test } from 'vitest'
import { parseBlocks } from '../src/page/text/blocks.ts'
import { parseInline } from '../src/page/text/inline.ts'
import { plainText } from '../src/page/text/plain.ts'
import { relativeTime } from '../src/page/text/relative-time.ts'
import type { Block, Inline } from '../src/page/text/tree.ts'

const text = (value: string): Inline => ({ kind: 'text', text: value })

/** All kinds of nodes in a tree. */
function kinds(nodes: readonly (Block | Inline)[]): string[] {
  return nodes.flatMap((node): string[] => {
    if (node.kind === 'list') return [node.kind, ...node.items.flatMap(({ children }) => kinds(children))]
    if (node.kind === 'quote') return [node.kind, ...kinds(node.blocks)]
    return 'children' in node ? [node.kind, ...kinds(node.children)] : [node.kind]
  })
}

describe('within a line', () => {
  test.each<[string, Inline[]]>([
    ['**bold**', [{ kind: 'strong', children: [text('bold')] }]],
    ['*one* _two_', [{ kind: 'em', children: [text('one')] }, text(' '), { kind: 'em', children: [text('two')] }]],
    ['***both***', [{ kind: 'strong', children: [{ kind: 'em', children: [text('both')] }] }]],
    ['__under__ ~~gone~~', [{ kind: 'underline', children: [text('under')] }, text(' '), { kind: 'strike', children: [text('gone')] }]],
    ['||secret||', [{ kind: 'spoiler', children: [text('secret')] }]],
    ['`**code**`', [{ kind: 'code', text: '**code**' }]],
    ['``a ` b``', [{ kind: 'code', text: 'a ` b' }]],
    ['<t:1700000000:R>', [{ kind: 'time', at: 1_700_000_000, style: 'R' }]],
    ['<t:1700000000>', [{ kind: 'time', at: 1_700_000_000, style: 'f' }]],
    ['<@123456789012345678>', [{ kind: 'user', id: '123456789012345678' }]],
    ['<#123456789012345678>', [{ kind: 'channel', id: '123456789012345678' }]],
    ['</trivia play:123456789012345678>', [{ kind: 'command', name: 'trivia play' }]],
    ['@everyone', [{ kind: 'everyone', text: '@everyone' }]],
    ['snake_case_name', [text('snake_case_name')]],
    ['2 * 3 * 4', [text('2 * 3 * 4')]],
    ['**open', [text('**open')]],
    ['\\*not\\* \\_this\\_ \\<@1>', [text('*not* _this_ <@1>')]],
    ['C:\\dir', [text('C:\\dir')]],
    ['see https://example.org/a_b_c.', [text('see '), { kind: 'link', href: 'https://example.org/a_b_c', children: [text('https://example.org/a_b_c')] }, text('.')]],
    ['[here](https://example.org/)', [{ kind: 'link', href: 'https://example.org/', children: [text('here')] }]],
  ])('%s', (source, tree) => expect(parseInline(source)).toEqual(tree))
})

describe('lines', () => {
  test('headings, small print, quotes and lists', () => {
    expect(parseBlocks('# Title\n-# small\n> quoted\n> more\nafter').map(({ kind }) => kind)).toEqual(['heading', 'small', 'quote', 'paragraph'])
    expect(parseBlocks('3. three\n4. four')).toMatchObject([{ kind: 'list', start: 3, items: [{ depth: 0 }, { depth: 0 }] }])
    expect(parseBlocks('- a\n  - b')).toMatchObject([{ kind: 'list', start: null, items: [{ depth: 0 }, { depth: 1 }] }])
    expect(parseBlocks('>>> all\nof it')).toMatchObject([{ kind: 'quote', blocks: [{ kind: 'paragraph' }] }])
  })

  test('code blocks keep everything as it is', () => {
    expect(parseBlocks('before\n```ts\nconst **a** = <b>\n```after')).toEqual([
      { kind: 'paragraph', children: [text('before')] },
      { kind: 'code', language: 'ts', text: 'const **a** = <b>' },
      { kind: 'paragraph', children: [text('after')] },
    ])
  })
})

describe('texts of players', () => {
  test.each([
    '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '&lt;b&gt;', '<a href="javascript:alert(1)">x</a>', '[x](javascript:alert(1))', '[x](data:text/html,<b>)',
    '<t:abc:R>', '<@evil>', '<javascript:alert(1)>', '</x:1>', 'http://', '<svg/onload=alert(1)>',
  ])('%s stays a text', (source) => {
    expect(new Set(kinds(parseBlocks(source)))).toEqual(new Set(['paragraph', 'text']))
    expect(plainText(source, () => '')).toBe(source)
  })

  test('a link never goes elsewhere than to the web, and quotes end no attribute', () => {
    const links = parseInline('https://example.org/"onmouseover="alert(1) [a](https://a.example/?"x) <https://b.example>').filter((node) => node.kind === 'link')
    for (const { href } of links) expect(new URL(href).protocol).toBe('https:')
    expect(links.map(({ href }) => href)).toEqual(['https://example.org/', 'https://a.example/', 'https://b.example/'])
  })

  test('texts made of marks only cost no more than others', () => {
    const began = performance.now()
    for (const mark of ['*', '**a', '_', '||', '~~', '`', '[', '<t:', '\\', '> ', '```', '[a](http://', '__*']) parseBlocks(mark.repeat(4000 / mark.length))
    expect(performance.now() - began).toBeLessThan(3_000)
  })
})

test('relative times count down as Discord’s do', () => {
  const now = 1_700_000_000_000
  expect(relativeTime(1_700_000_027, now, 'en')).toBe('in 27 seconds')
  expect(relativeTime(1_700_000_001, now, 'en')).toBe('in 1 second')
  expect(relativeTime(1_699_999_880, now, 'en')).toBe('2 minutes ago')
  expect(relativeTime(1_700_086_400, now, 'de')).toBe('morgen')
})
