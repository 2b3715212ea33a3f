/* eslint-disable @typescript-eslint/no-unsafe-enum-assignment -- every embed of a bot is rich */
import type { APIAttachment, APIEmbed, APIMessageTopLevelComponent } from 'discord-api-types/v10'
import { isObject, type JsonObject, objectsOf, textOf } from '../json.ts'

/** A body's embeds as they come back: `attachment://` has become an address. */
export function embedsOf(body: JsonObject, attachments: readonly APIAttachment[]): APIEmbed[] {
  return objectsOf(body['embeds']).map((embed) => ({
    ...embed, type: 'rich',
    ...(embed['image'] == null ? {} : { image: resolve(embed['image'], attachments) }),
    ...(embed['thumbnail'] == null ? {} : { thumbnail: resolve(embed['thumbnail'], attachments) }),
  }) as APIEmbed)
}

/** A body's components as they come back: numbered, and with addresses. */
export function componentsOf(body: JsonObject, attachments: readonly APIAttachment[]): APIMessageTopLevelComponent[] {
  let next = 0
  const number = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(number)
    if (!isObject(value) || !('type' in value)) return value
    next += 1
    const id = next
    return Object.fromEntries([['id', id], ...Object.entries(value).map(([key, part]) => {
      if (key === 'components' || key === 'accessory') return [key, number(part)]
      if (key === 'media' || key === 'file') return [key, resolve(part, attachments)]
      return [key, key === 'items' ? objectsOf(part).map((item) => ({ ...item, media: resolve(item['media'], attachments) })) : part]
    })])
  }
  return number(objectsOf(body['components'])) as APIMessageTopLevelComponent[]
}

/** The texts of components that show text, joined: what may mention somebody. */
export function shownText(components: unknown): string {
  return objectsOf(components).map((each) => each['type'] === 10 ? textOf(each['content']) ?? '' : shownText(each['components'])).filter((text) => text !== '').join('\n')
}

function resolve(part: unknown, attachments: readonly APIAttachment[]): unknown {
  const url = isObject(part) ? textOf(part['url']) : undefined
  const attachment = attachments.find((each) => url === `attachment://${each.filename}`)
  return attachment === undefined || !isObject(part) ? part : { ...part, url: attachment.url, proxy_url: attachment.proxy_url }
}
