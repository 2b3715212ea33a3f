import { isObject, type JsonObject, textOf } from '../json.ts'
import { LIMITS } from '../limits.ts'
import { checkUrl } from './embeds.ts'
import { checkText, eachObject, type Faults } from './faults.ts'

/** Checks the pictures and files of newer components: addresses, and that `attachment://` means a file that is there. */
export function checkMedia(faults: Faults, components: unknown, names: ReadonlySet<string>): void {
  for (const [component, at] of eachObject(faults, components)) {
    checkMedia(at.at('components'), component['components'], names)
    checkItem(at.at('media'), component['media'], names, ['http:', 'https:', 'attachment:'])
    checkItem(at.at('file'), component['file'], names, ['attachment:'])
    for (const [item, here] of eachObject(at.at('items'), component['items'])) {
      checkItem(here.at('media'), item['media'] ?? {}, names, ['http:', 'https:', 'attachment:'])
      checkText(here.at('description'), item['description'], { max: LIMITS.message.description })
    }
    const accessory: unknown = component['accessory']
    if (isObject(accessory)) checkItem(at.at('accessory', 'media'), accessory['media'], names, ['http:', 'https:', 'attachment:'])
  }
}

function checkItem(at: Faults, item: unknown, names: ReadonlySet<string>, schemes: readonly string[]): void {
  if (!isObject(item)) return
  const { url }: JsonObject = item
  if (url == null) at.at('url').required()
  checkUrl(at.at('url'), url, schemes)
  const name = /^attachment:\/\/(.+)$/.exec(textOf(url) ?? '')?.[1]
  if (name !== undefined && !names.has(name)) at.at('url').add('UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND', `The referenced attachment '${name}' was not found`)
}
