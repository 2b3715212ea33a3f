import { MessageType, PermissionFlagsBits } from 'discord-api-types/v10'
import { problems } from '../../errors.ts'
import { isObject, objectOf, textOf } from '../../json.ts'
import type { Messages } from '../../state/messages.ts'
import type { Channel, Guild, StoredMessage } from '../../state/model.ts'
import { requirePermissions } from '../../state/permissions.ts'
import type { World } from '../../state/world.ts'
import { lengthOf } from '../../validation/faults.ts'
import { validateMessage } from '../../validation/messages.ts'
import { type ApiRequest, applicationOf, bodyOf, noContent, ok, param, type Route } from '../route.ts'

const { SendMessages, EmbedLinks, AttachFiles, ManageMessages, ReadMessageHistory } = PermissionFlagsBits

/** https://docs.discord.com/developers/resources/message#endpoints */
export function messageRoutes(world: World, messages: Messages): Route[] {
  const channelOf = (request: ApiRequest, ...needed: bigint[]): Channel => {
    const channel = world.channels.get(param(request, 'channel'))
    if (channel === undefined) throw problems.unknownChannel()
    if (channel.guildId === undefined && !channel.recipients.includes(applicationOf(request).id)) throw problems.missingAccess()
    requirePermissions(guildOf(channel), applicationOf(request).id, channel, ...needed)
    return channel
  }
  const guildOf = (channel: Channel): Guild | undefined => channel.guildId === undefined ? undefined : world.guilds.get(channel.guildId)
  const messageOf = (request: ApiRequest, channel: Channel): StoredMessage => {
    const stored = world.messages.get(param(request, 'message'))
    // Ephemeral messages are in no channel.
    if (stored?.channelId !== channel.id || stored.onlyFor !== undefined) throw problems.unknownMessage()
    return stored
  }
  const common = { authorized: true, global: true }
  const one = '/channels/:channel/messages/:message'
  return [
    {
      ...common, method: 'POST', pattern: '/channels/:channel/messages', allowance: { bucket: 'message-create', requests: 5, windowMs: 5_000 }, handle: (request) => {
        const body = bodyOf(request)
        const channel = channelOf(request, SendMessages, ...(lengthOf(body['embeds']) > 0 ? [EmbedLinks] : []), ...(request.files.length > 0 ? [AttachFiles] : []))
        validateMessage(body, { files: request.files.length, edit: false })
        const reference = isObject(body['message_reference']) ? world.messages.get(textOf(body['message_reference']['message_id']) ?? '') : undefined
        if (isObject(body['message_reference']) && reference === undefined && objectOf(body['message_reference'])['fail_if_not_exists'] !== false) throw problems.unknownMessage()
        const extra = reference === undefined ? {} : { message_reference: { type: 0, message_id: reference.wire.id, channel_id: channel.id, ...(channel.guildId === undefined ? {} : { guild_id: channel.guildId }) }, referenced_message: reference.wire }
        return ok(messages.create({ channel, authorId: applicationOf(request).id, applicationId: undefined, body, files: request.files, type: reference === undefined ? MessageType.Default : MessageType.Reply, flags: 0, onlyFor: undefined, extra }).wire)
      },
    },
    {
      ...common, method: 'GET', pattern: '/channels/:channel/messages', allowance: { bucket: 'message-list', requests: 5, windowMs: 5_000 }, handle: (request) => {
        const channel = channelOf(request, ReadMessageHistory)
        const limit = Math.min(100, Number(request.query.get('limit') ?? 50))
        const before = BigInt(request.query.get('before') ?? (1n << 63n))
        const after = BigInt(request.query.get('after') ?? 0)
        const found = [...world.messages.values()].filter((message) => message.channelId === channel.id && message.onlyFor === undefined && BigInt(message.wire.id) < before && BigInt(message.wire.id) > after)
        return ok(found.slice(-limit).reverse().map((message) => message.wire))
      },
    },
    { ...common, method: 'GET', pattern: one, allowance: { bucket: 'message-get', requests: 5, windowMs: 5_000 }, handle: (request) => ok(messageOf(request, channelOf(request, ReadMessageHistory)).wire) },
    {
      ...common, method: 'PATCH', pattern: one, allowance: { bucket: 'message-edit', requests: 5, windowMs: 5_000 }, handle: (request) => {
        const stored = messageOf(request, channelOf(request))
        if (stored.wire.author.id !== applicationOf(request).id) throw problems.notYourMessage()
        validateMessage(bodyOf(request), { files: request.files.length, flags: stored.wire.flags ?? 0, edit: true })
        return ok(messages.edit(stored, bodyOf(request), request.files).wire)
      },
    },
    {
      ...common, method: 'DELETE', pattern: one, allowance: { bucket: 'message-delete', requests: 5, windowMs: 1_000 }, handle: (request) => {
        const channel = channelOf(request)
        const stored = messageOf(request, channel)
        if (stored.wire.author.id !== applicationOf(request).id) requirePermissions(guildOf(channel), applicationOf(request).id, channel, ManageMessages)
        messages.delete(stored)
        return noContent
      },
    },
    { ...common, method: 'POST', pattern: '/channels/:channel/typing', allowance: { bucket: 'typing', requests: 5, windowMs: 5_000 }, handle: (request) => (channelOf(request, SendMessages), noContent) },
  ]
}
