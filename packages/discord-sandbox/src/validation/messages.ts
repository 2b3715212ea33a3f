import { type APIMessage, MessageFlags } from 'discord-api-types/v10'
import { problems } from '../errors.ts'
import { isObject, type JsonObject, numberOf, objectsOf, plain, textOf } from '../json.ts'
import { LIMITS } from '../limits.ts'
import { checkComponents } from './components.ts'
import { checkMedia } from './media.ts'
import { checkEmbeds } from './embeds.ts'
import { checkLength, checkText, eachObject, Faults, lengthOf } from './faults.ts'

/** What a body is checked against. */
export interface MessageContext {
  /** The files that came with the request. */
  files: readonly { readonly index: number; readonly name: string }[]
  /** The message that is edited: what the body leaves out stays. */
  existing?: Pick<APIMessage, 'attachments' | 'components' | 'content' | 'embeds' | 'flags'> | undefined
}

/** Checks the body of a message, wherever it is sent to: https://docs.discord.com/developers/resources/message#create-message */
export function checkMessage(root: Faults, faults: Faults, body: JsonObject, context: MessageContext): void {
  const isV2 = (((numberOf(body['flags']) ?? 0) | (context.existing?.flags ?? 0)) & MessageFlags.IsComponentsV2) !== 0
  checkText(faults.at('content'), body['content'], { max: LIMITS.message.content })
  checkEmbeds(faults.at('embeds'), body['embeds'])
  checkComponents(faults.at('components'), body['components'], isV2)
  checkNonce(faults.at('nonce'), body['nonce'])
  if (isV2) checkMedia(faults.at('components'), body['components'], fileNames(body, context))
  checkAllowedMentions(faults.at('allowed_mentions'), body['allowed_mentions'])
  checkLength(faults.at('attachments'), Math.max(context.files.length, lengthOf(body['attachments'])), { max: LIMITS.message.files })
  for (const [attachment, at] of eachObject(faults.at('attachments'), body['attachments'])) checkText(at.at('description'), attachment['description'], { max: LIMITS.message.description })
  if (isV2) for (const field of ['content', 'embeds', 'poll', 'stickers']) {
    if (body[field] != null && body[field] !== '' && !(Array.isArray(body[field]) && body[field].length === 0)) faults.at(field).add('MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2', `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`)
  }
  root.throwIfAny()
  if (isEmpty(body, context)) throw problems.emptyMessage()
}

/** Whether nothing is to be seen of the message, after the edit if it is one. */
function isEmpty(body: JsonObject, { existing, files }: MessageContext): boolean {
  const content = 'content' in body ? body['content'] : existing?.content
  const listed = ['embeds', 'components'] as const
  const lists = listed.some((field) => lengthOf(field in body ? body[field] : existing?.[field]) > 0) || lengthOf(body['sticker_ids']) > 0
  const kept = existing?.attachments.some((known) => !('attachments' in body) || objectsOf(body['attachments']).some((each) => plain(each['id']) === known.id)) === true
  return plain(content).trim() === '' && !lists && !kept && files.length === 0 && body['poll'] == null
}

function checkNonce(faults: Faults, value: unknown): void {
  if (typeof value === 'number' && Number.isInteger(value)) return
  checkText(faults, value, { max: LIMITS.message.nonce })
}

/** The names that `attachment://` may mean. */
function fileNames(body: JsonObject, context: MessageContext): Set<string> {
  const renamed = objectsOf(body['attachments']).flatMap((each) => textOf(each['filename']) ?? [])
  return new Set([...context.files.map((file) => file.name), ...renamed, ...context.existing?.attachments.map((each) => each.filename) ?? []])
}

/** https://docs.discord.com/developers/resources/message#allowed-mentions-object */
function checkAllowedMentions(faults: Faults, value: unknown): void {
  if (!isObject(value)) return
  const parse: unknown[] = Array.isArray(value['parse']) ? value['parse'] : []
  for (const [index, kind] of parse.entries()) if (!['users', 'roles', 'everyone'].includes(plain(kind))) faults.at('parse', index).add('BASE_TYPE_CHOICES', "Value must be one of {'users', 'roles', 'everyone'}.")
  for (const kind of ['users', 'roles']) {
    checkLength(faults.at(kind), lengthOf(value[kind]), { max: LIMITS.mentions })
    if (parse.includes(kind) && lengthOf(value[kind]) > 0) faults.add('MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE', `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`)
  }
}

/** The whole check of a body that is the message itself. */
export function validateMessage(body: JsonObject, context: MessageContext): void {
  const faults = new Faults()
  checkMessage(faults, faults, body, context)
}
