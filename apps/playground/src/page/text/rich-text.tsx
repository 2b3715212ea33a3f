import { useSignal } from '@preact/signals'
import type { ComponentChildren, JSX } from 'preact'
import { now } from '../state/clock.ts'
import { locale, nameOf } from '../state/world.ts'
import { parseBlocks } from './blocks.ts'
import { parseInline } from './inline.ts'
import { absoluteTime, relativeTime } from './relative-time.ts'
import type { Block, Inline } from './tree.ts'

/** A text in Discord's markdown, as elements. */
export function RichText({ text }: { text: string }): JSX.Element {
  return <div class="rich">{parseBlocks(text).map((block, index) => <BlockView key={index} block={block} />)}</div>
}

/** The same where only one line has room. */
export function RichLine({ text }: { text: string }): JSX.Element {
  return <>{inlines(parseInline(text))}</>
}

function BlockView({ block }: { block: Block }): JSX.Element {
  switch (block.kind) {
    case 'paragraph': return <p>{inlines(block.children)}</p>
    case 'heading': return <p class={`heading heading-${block.level}`} role="heading" aria-level={block.level + 2}>{inlines(block.children)}</p>
    case 'small': return <p class="subtext">{inlines(block.children)}</p>
    case 'quote': return <blockquote>{block.blocks.map((each, index) => <BlockView key={index} block={each} />)}</blockquote>
    case 'code': return <pre tabIndex={0}><code>{block.text}</code></pre>
    case 'list': {
      const items = block.items.map(({ depth, children }, index) => <li key={index} class={`depth-${depth}`}>{inlines(children)}</li>)
      return block.start === null ? <ul>{items}</ul> : <ol start={block.start}>{items}</ol>
    }
  }
}

function inlines(list: readonly Inline[]): ComponentChildren {
  return list.map((node, index) => <InlineView key={index} node={node} />)
}

function InlineView({ node }: { node: Inline }): JSX.Element {
  switch (node.kind) {
    case 'text': return <>{node.text}</>
    case 'strong': return <strong>{inlines(node.children)}</strong>
    case 'em': return <em>{inlines(node.children)}</em>
    case 'underline': return <u>{inlines(node.children)}</u>
    case 'strike': return <s>{inlines(node.children)}</s>
    case 'spoiler': return <Spoiler>{inlines(node.children)}</Spoiler>
    case 'code': return <code>{node.text}</code>
    case 'link': return <a href={node.href} target="_blank" rel="noopener noreferrer nofollow">{inlines(node.children)}</a>
    case 'user': return <span class="mention">@{nameOf(node.id)}</span>
    case 'role': return <span class="mention">@{nameOf(node.id)}</span>
    case 'channel': return <span class="mention">#{nameOf(node.id)}</span>
    case 'everyone': return <span class="mention">{node.text}</span>
    case 'command': return <span class="mention">/{node.name}</span>
    case 'emoji': return <span>:{node.name}:</span>
    case 'time': return <Time at={node.at} style={node.style} />
  }
}

function Time({ at, style }: { at: number; style: string }): JSX.Element {
  const text = style === 'R' ? relativeTime(at, now.value, locale.value) : absoluteTime(at, style, locale.value)
  // It changes each second, which nobody wants to hear.
  return <time aria-live="off" title={absoluteTime(at, 'F', locale.value)}>{text}</time>
}

function Spoiler({ children }: { children: ComponentChildren }): JSX.Element {
  const open = useSignal(false)
  if (open.value) return <span class="spoiler open">{children}</span>
  return <button type="button" class="spoiler" aria-label="Show the spoiler" onClick={() => (open.value = true)}><span aria-hidden="true">{children}</span></button>
}
