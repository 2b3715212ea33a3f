import { MessageFlags } from 'discord-api-types/v10'
import { problems } from '../errors.ts'
import { isObject, type JsonObject, numberOf, plain } from '../json.ts'
import { LIMITS } from '../limits.ts'
import { checkComponents } from './components.ts'
import { checkEmbeds } from './embeds.ts'
import { checkLength, checkText, eachObject, Faults, lengthOf } from './faults.ts'

/** What a message already is, when it is edited. */
export interface MessageContext {
  /** How many files came with the request. */
  files: number
  /** The flags of the message that is edited. */
  flags?: number
  /** Absent fields stay as they are, so they say nothing about emptiness. */
  edit: boolean
}

/** Checks the body of a message, wherever it is sent to: https://docs.discord.com/developers/resources/message#create-message */
export function checkMessage(root: Faults, faults: Faults, body: JsonObject, context: MessageContext): void {
  const isV2 = (((numberOf(body['flags']) ?? 0) | (context.flags ?? 0)) & MessageFlags.IsComponentsV2) !== 0
  checkText(faults.at('content'), body['content'], { max: LIMITS.message.content })
  checkEmbeds(faults.at('embeds'), body['embeds'])
  checkComponents(faults.at('components'), body['components'], isV2)
  checkAllowedMentions(faults.at('allowed_mentions'), body['allowed_mentions'])
  checkLength(faults.at('attachments'), Math.max(context.files, lengthOf(body['attachments'])), { max: LIMITS.message.files })
  for (const [attachment, at] of eachObject(faults.at('attachments'), body['attachments'])) checkText(at.at('description'), attachment['description'], { max: LIMITS.message.description })
  if (isV2) for (const field of ['content', 'embeds', 'poll', 'stickers']) {
    if (body[field] != null && body[field] !== '' && !(Array.isArray(body[field]) && body[field].length === 0)) faults.at(field).add('MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2', `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`)
  }
  root.throwIfAny()
  const empty = (body['content'] == null || (typeof body['content'] === 'string' && body['content'].trim() === '')) && lengthOf(body['embeds']) === 0 && lengthOf(body['components']) === 0 && context.files === 0 && body['poll'] == null && lengthOf(body['sticker_ids']) === 0
  if (empty && !context.edit) throw problems.emptyMessage()
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
