import { PermissionFlagsBits } from 'discord-api-types/v10'
import { z } from 'zod'
import { NotPossible } from '../errors.ts'
import { command, endpoint, type Endpoints } from './endpoint.ts'
import { channelOf, guildOf, idOf, messageOf, ofChannel, ofGuild } from './where.ts'

const bits = z.string().regex(/^\d+$/, 'Permissions are a decimal number of bits.').transform(BigInt)
const permissionNames: Readonly<Record<string, bigint>> = PermissionFlagsBits
const permissions = z.union([bits, z.array(z.string())]).transform((given) => typeof given === 'bigint' ? given : given.reduce((all, name) => {
  const bit = permissionNames[name]
  if (bit === undefined) throw new NotPossible(`There is no permission "${name}".`)
  return all | bit
}, 0n))
const member = z.strictObject({ ...ofGuild, user: z.string().min(1) })
const place = z.strictObject(ofChannel)
const name = z.string().min(1).max(100)

/** Who and what there is: users, servers, channels, roles, and what they may do. */
export const arranging: Endpoints = {
  'POST /user': endpoint(z.strictObject({ name, ...ofGuild, locale: z.string().optional(), permissions: permissions.optional(), directMessages: z.boolean().optional() }), (sandbox, body) => {
    const user = sandbox.user(body.name, body.locale === undefined ? {} : { locale: body.locale })
    if (body.permissions !== undefined) user.in(channelOf(sandbox, body)).setPermissions(body.permissions)
    else if (body.guild !== undefined) sandbox.join(guildOf(sandbox, body.guild), user)
    if (body.directMessages !== undefined) user.setDirectMessages(body.directMessages)
    return { name: body.name, id: user.id }
  }),
  'POST /guild': endpoint(z.strictObject({ name, locale: z.string().optional(), id: z.string().regex(/^\d+$/).optional() }), (sandbox, body) => {
    const { guild, channel } = sandbox.addGuild(body.name, body.locale, body.id)
    return { guildId: guild.id, channelId: channel.id }
  }),
  'POST /delete-guild': command(z.strictObject({ guild: z.string() }), (sandbox, body) => sandbox.deleteGuild(guildOf(sandbox, body.guild))),
  'POST /remove-bot': command(z.strictObject(ofGuild), (sandbox, body) => sandbox.removeBot(guildOf(sandbox, body.guild))),
  'POST /add-bot': command(z.strictObject(ofGuild), (sandbox, body) => sandbox.addBot(guildOf(sandbox, body.guild))),
  'POST /channel': endpoint(z.strictObject({ ...ofGuild, name, topic: z.string().optional(), nsfw: z.boolean().optional() }), (sandbox, { guild, name: channel, topic, nsfw }) => (
    { channelId: sandbox.addChannel(guildOf(sandbox, guild), channel, { ...(topic === undefined ? {} : { topic }), ...(nsfw === undefined ? {} : { nsfw }) }).id }
  )),
  'POST /delete-channel': command(z.strictObject({ ...ofGuild, channel: z.string() }), (sandbox, body) => sandbox.deleteChannel(channelOf(sandbox, body))),
  'POST /delete-message': command(z.strictObject({ message: z.string() }), (sandbox, body) => sandbox.deleteMessage(messageOf(sandbox, body.message))),
  'POST /join': command(member, (sandbox, body) => sandbox.join(guildOf(sandbox, body.guild), { id: idOf(sandbox, body.user) })),
  'POST /leave': command(member, (sandbox, body) => sandbox.leave(guildOf(sandbox, body.guild), { id: idOf(sandbox, body.user) })),
  'POST /role': endpoint(z.strictObject({ ...ofGuild, name, permissions: permissions.default(0n) }), (sandbox, body) => ({ roleId: sandbox.addRole(guildOf(sandbox, body.guild), body.name, body.permissions).id })),
  'POST /role-permissions': command(z.strictObject({ ...ofGuild, role: z.string().optional(), permissions }), (sandbox, body) => {
    const guild = guildOf(sandbox, body.guild)
    sandbox.setRolePermissions(guild, body.role ?? guild.id, body.permissions)
  }),
  'POST /deny-bot': command(place.extend({ permissions }), (sandbox, body) => sandbox.denyBot(channelOf(sandbox, body), body.permissions)),
  'POST /allow-bot': command(place.extend({ permissions }), (sandbox, body) => sandbox.allowBot(channelOf(sandbox, body), body.permissions)),
}
