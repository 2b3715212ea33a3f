/* eslint-disable @typescript-eslint/no-misused-spread -- Discord counts code points */
import { isObject, type JsonObject, objectOf, objectsOf, textOf, plain } from '../json.ts'
import { LIMITS } from '../limits.ts'
import { checkLength, checkNumber, checkText, eachObject, type Faults, lengthOf } from './faults.ts'

const limits = LIMITS.embed

/** Checks a message's embeds: https://docs.discord.com/developers/resources/message#embed-object-embed-limits */
export function checkEmbeds(faults: Faults, embeds: unknown): void {
  checkLength(faults, lengthOf(embeds), { max: LIMITS.message.embeds })
  let total = 0
  for (const [embed, at] of eachObject(faults, embeds)) {
    checkEmbed(at, embed)
    total += sizeOf(embed)
  }
  if (total > limits.total) faults.add('MAX_EMBED_SIZE_EXCEEDED', `Embed size exceeds maximum size of ${limits.total}`)
}

function checkEmbed(at: Faults, embed: JsonObject): void {
  checkText(at.at('title'), embed['title'], { max: limits.title })
  checkText(at.at('description'), embed['description'], { max: limits.description })
  checkNumber(at.at('color'), embed['color'], 0, limits.color)
  checkUrl(at.at('url'), embed['url'], ['http:', 'https:'])
  if (embed['timestamp'] != null && Number.isNaN(Date.parse(plain(embed['timestamp'])))) at.at('timestamp').add('DATE_TIME_TYPE_PARSE', 'Could not parse. Should be ISO8601.')

  const footer = embed['footer']
  if (isObject(footer)) checkText(at.at('footer', 'text'), footer['text'], { min: 1, max: limits.footer, required: true })
  const author = embed['author']
  if (isObject(author)) checkText(at.at('author', 'name'), author['name'], { min: 1, max: limits.author, required: true })
  for (const picture of ['image', 'thumbnail']) {
    const part = embed[picture]
    if (isObject(part)) checkUrl(at.at(picture, 'url'), part['url'], ['http:', 'https:', 'attachment:'])
  }

  checkLength(at.at('fields'), lengthOf(embed['fields']), { max: limits.fields })
  for (const [field, here] of eachObject(at.at('fields'), embed['fields'])) {
    checkText(here.at('name'), field['name'], { min: 1, max: limits.fieldName, required: true })
    checkText(here.at('value'), field['value'], { min: 1, max: limits.fieldValue, required: true })
  }
  const shown = ['title', 'description', 'image', 'thumbnail', 'author', 'footer', 'url', 'timestamp'].some((key) => embed[key] != null && embed[key] !== '')
  if (!shown && lengthOf(embed['fields']) === 0) at.at('description').required()
}

/** What counts towards the 6,000 of all embeds together. */
function sizeOf(embed: JsonObject): number {
  const texts = [embed['title'], embed['description'], objectOf(embed['footer'])['text'], objectOf(embed['author'])['name'], ...objectsOf(embed['fields']).flatMap((field) => [field['name'], field['value']])]
  return texts.reduce<number>((sum, text) => sum + [...(textOf(text) ?? '')].length, 0)
}

/** A well-formed address with one of these schemes; absent is fine. */
export function checkUrl(faults: Faults, value: unknown, schemes: readonly string[]): void {
  if (value === undefined || value === null) return
  const url = typeof value === 'string' ? URL.parse(value) : null
  if (url === null) faults.add('URL_TYPE_INVALID_URL', 'Not a well formed URL.')
  else if (!schemes.includes(url.protocol)) faults.add('URL_TYPE_INVALID_SCHEME', `Scheme "${url.protocol.slice(0, -1)}" is not supported. Scheme must be one of (${schemes.map((each) => `'${each.slice(0, -1)}'`).join(', ')}).`)
}
