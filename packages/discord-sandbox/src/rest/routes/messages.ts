import { GatewayIntentBits, MessageType, PermissionFlagsBits } from 'discord-api-types/v10'
import { problems } from '../../errors.ts'
import { isObject, type JsonObject, textOf } from '../../json.ts'
import { hideContent } from '../../state/hidden-content.ts'
import { type Messages, replyTo } from '../../state/messages.ts'
import type { Channel, StoredMessage } from '../../state/model.ts'
import { Nonces } from '../../state/nonces.ts'
import { permissionsOf, requirePermissions } from '../../state/permissions.ts'
import type { World } from '../../state/world.ts'
import { lengthOf } from '../../validation/faults.ts'
import { validateMessage } from '../../validation/messages.ts'
import { type ApiRequest, applicationOf, bodyOf, noContent, ok, param, type Route } from '../route.ts'
import { messagesPage } from './message-page.ts'

const { SendMessages, EmbedLinks, AttachFiles, ManageMessages, ReadMessageHistory } = PermissionFlagsBits

/** https://docs.discord.com/developers/resources/message#endpoints */
export function messageRoutes(world: World, messages: Messages, now: () => number): Route[] {
  const nonces = new Nonces(now)
  const channelOf = (request: ApiRequest, ...needed: bigint[]): Channel => {
    const channel = world.channels.get(param(request, 'channel'))
    if (channel === undefined) throw problems.unknownChannel()
    if (channel.guildId === undefined && !channel.recipients.includes(applicationOf(request).id)) throw problems.missingAccess()
    requirePermissions(world.guildOf(channel), applicationOf(request).id, channel, ...needed)
    return channel
  }
  const messageOf = (request: ApiRequest, channel: Channel): StoredMessage => {
    const stored = world.messages.get(param(request, 'message'))
    // Ephemeral messages are in no channel.
    if (stored?.channelId !== channel.id || stored.onlyFor !== undefined) throw problems.unknownMessage()
    return stored
  }
  const shown = (request: ApiRequest, stored: StoredMessage): object => {
    const { id, privilegedIntents } = applicationOf(request)
    return hideContent(stored, id, (privilegedIntents & GatewayIntentBits.MessageContent) !== 0)
  }
  const create = (request: ApiRequest, channel: Channel, body: JsonObject): StoredMessage => {
    const authorId = applicationOf(request).id
    const repeated = body['enforce_nonce'] === true && body['nonce'] != null ? nonces.find(authorId, body['nonce']) : undefined
    if (repeated !== undefined) return repeated
    const reference = referenceOf(world, channel, body)
    const stored = messages.create({
      channel, authorId, applicationId: undefined, body, files: request.files, flags: 0, onlyFor: undefined,
      type: reference === undefined ? MessageType.Default : MessageType.Reply, extra: reference === undefined ? {} : replyTo(reference),
    })
    if (body['nonce'] != null) nonces.keep(authorId, body['nonce'], stored)
    return stored
  }
  const common = { authorized: true, global: true }
  const one = '/channels/:channel/messages/:message'
  return [
    {
      ...common, method: 'POST', pattern: '/channels/:channel/messages', allowance: { bucket: 'message-create', requests: 5, windowMs: 5_000 }, handle: (request) => {
        const body = bodyOf(request)
        const channel = channelOf(request, SendMessages, ...(lengthOf(body['embeds']) > 0 ? [EmbedLinks] : []), ...(request.files.length > 0 ? [AttachFiles] : []))
        validateMessage(body, { files: request.files })
        const closed = channel.recipients.some((id) => id !== applicationOf(request).id && world.people.get(id)?.directMessages === false)
        if (closed) throw problems.cannotDirectMessage()
        return ok(create(request, channel, body).wire)
      },
    },
    {
      ...common, method: 'GET', pattern: '/channels/:channel/messages', allowance: { bucket: 'message-list', requests: 5, windowMs: 5_000 }, handle: (request) => {
        const channel = channelOf(request)
        // Without the permission the list is empty, not refused.
        return ok(mayRead(world, applicationOf(request).id, channel) ? messagesPage(world.messages.inChannel(channel.id), request.query).map((stored) => shown(request, stored)) : [])
      },
    },
    { ...common, method: 'GET', pattern: one, allowance: { bucket: 'message-get', requests: 5, windowMs: 5_000 }, handle: (request) => ok(shown(request, messageOf(request, channelOf(request, ReadMessageHistory)))) },
    {
      ...common, method: 'PATCH', pattern: one, allowance: { bucket: 'message-edit', requests: 5, windowMs: 5_000 }, handle: (request) => {
        const stored = messageOf(request, channelOf(request))
        if (stored.wire.author.id !== applicationOf(request).id) throw problems.notYourMessage()
        validateMessage(bodyOf(request), { files: request.files, existing: stored.wire })
        return ok(messages.edit(stored, bodyOf(request), request.files).wire)
      },
    },
    {
      ...common, method: 'DELETE', pattern: one, allowance: { bucket: 'message-delete', requests: 5, windowMs: 1_000 }, handle: (request) => {
        const channel = channelOf(request)
        const stored = messageOf(request, channel)
        if (stored.wire.author.id !== applicationOf(request).id) {
          if (channel.guildId === undefined) throw problems.missingPermissions()
          requirePermissions(world.guildOf(channel), applicationOf(request).id, channel, ManageMessages)
        }
        messages.delete(stored)
        return noContent
      },
    },
    { ...common, method: 'POST', pattern: '/channels/:channel/typing', allowance: { bucket: 'typing', requests: 5, windowMs: 5_000 }, handle: (request) => (channelOf(request, SendMessages), noContent) },
  ]
}

function mayRead(world: World, botId: string, channel: Channel): boolean {
  const guild = world.guildOf(channel)
  return guild === undefined || (permissionsOf(guild, botId, channel) & ReadMessageHistory) !== 0n
}

/** The message that a new one replies to; 10008 if it is gone, unless the body says that this is fine. */
function referenceOf(world: World, channel: Channel, body: JsonObject): StoredMessage | undefined {
  const given = body['message_reference']
  if (!isObject(given)) return undefined
  const stored = world.messages.get(textOf(given['message_id']) ?? '')
  const found = stored?.channelId === channel.id && stored.onlyFor === undefined ? stored : undefined
  if (found === undefined && given['fail_if_not_exists'] !== false) throw problems.unknownMessage()
  return found
}
