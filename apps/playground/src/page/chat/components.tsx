import type { ComponentChildren, JSX } from 'preact'
import { BUTTON, BUTTON_CLASSES, COMPONENT, SELECTS } from '../discord/component-types.ts'
import type { Component, Message } from '../discord/types.ts'
import { Icon } from '../sides/icon.tsx'
import { ownUrl } from '../net/api.ts'
import { choose, click, pending } from '../state/acting.ts'
import { RichText } from '../text/rich-text.tsx'
import { Picture } from './picture.tsx'
import { Select } from './select.tsx'

/** What can be clicked on a message, and the newer components that are its layout. */
export function Components({ message, list }: { message: Message; list: readonly Component[] }): JSX.Element | null {
  return list.length === 0 ? null : <div class="components">{views(message, list)}</div>
}

function views(message: Message, list: readonly Component[]): ComponentChildren {
  return list.map((component, index) => <ComponentView key={component.custom_id ?? index} message={message} component={component} />)
}

function ComponentView({ message, component }: { message: Message; component: Component }): JSX.Element | null {
  const { type, components = [], accessory, content = '', items = [], media, file } = component
  if (type === COMPONENT.button) return <Button message={message} component={component} />
  if (SELECTS.includes(type)) {
    const id = component.custom_id ?? ''
    return <Select component={component} busy={pending.value.has(`${message.id} ${id}`)} onChoose={(values) => void choose(message.id, id, values)} />
  }
  switch (type) {
    case COMPONENT.row: return <div class="row" role="group" aria-label="Choices">{views(message, components)}</div>
    case COMPONENT.text: return <RichText text={content} />
    case COMPONENT.section: return <div class="section"><div>{views(message, components)}</div>{accessory !== undefined && <ComponentView message={message} component={accessory} />}</div>
    case COMPONENT.container: return <div class="embed" style={component.accent_color == null ? {} : { '--edge': `#${component.accent_color.toString(16).padStart(6, '0')}` }}><div class="embed-main">{views(message, components)}</div></div>
    case COMPONENT.separator: return <hr />
    case COMPONENT.thumbnail: return media === undefined ? null : <Picture url={media.url} name="thumbnail" className="thumbnail" />
    case COMPONENT.gallery: return <div class="attachments">{items.map((item, index) => <Picture key={index} url={item.media.url} name={item.description ?? 'picture'} className="attached" />)}</div>
    case COMPONENT.file: return file === undefined ? null : <a class="file" href={ownUrl(file.url) ?? file.url} download={component.name ?? 'file'}><Icon name="file" size={22} /> {component.name ?? 'File'}</a>
    default: return null
  }
}

function Button({ message, component: { custom_id: id, style = 2, label, emoji, url, disabled } }: { message: Message; component: Component }): JSX.Element {
  const face = <>{emoji?.name != null && <span aria-hidden="true">{emoji.name}</span>}{label !== undefined && <span>{label}</span>}</>
  const look = `button ${BUTTON_CLASSES[style] ?? 'secondary'}`
  if (style === BUTTON.link) return <a class={look} href={url ?? ''} target="_blank" rel="noopener noreferrer nofollow">{face}<span aria-hidden="true">↗</span></a>
  const busy = pending.value.has(`${message.id} ${id ?? ''}`)
  return <button type="button" class={look} disabled={disabled === true} aria-busy={busy} aria-label={label ?? emoji?.name ?? 'Button'} onClick={() => void (busy ? undefined : click(message.id, id ?? ''))}>{face}</button>
}
