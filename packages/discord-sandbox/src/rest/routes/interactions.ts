import { problems } from '../../errors.ts'
import type { Callbacks } from '../../interactions/callbacks.ts'
import type { Interaction } from '../../interactions/interaction.ts'
import type { Interactions } from '../../interactions/interactions.ts'
import type { Messages } from '../../state/messages.ts'
import type { StoredMessage } from '../../state/model.ts'
import type { World } from '../../state/world.ts'
import { validateMessage } from '../../validation/messages.ts'
import { type ApiRequest, bodyOf, noContent, ok, param, type Route } from '../route.ts'

// Not documented; bots see 5 requests per 2 seconds for one webhook.
const WEBHOOK = { requests: 5, windowMs: 2_000 }

/** https://docs.discord.com/developers/interactions/receiving-and-responding#endpoints */
export function interactionRoutes(parts: { world: World; messages: Messages; interactions: Interactions; callbacks: Callbacks }): Route[] {
  const { world, messages, interactions, callbacks } = parts
  const interactionOf = (request: ApiRequest): Interaction => {
    if (!world.applications.has(param(request, 'application'))) throw problems.unknownWebhook()
    return interactions.forWebhook(param(request, 'application'), param(request, 'token'))
  }
  const messageOf = (request: ApiRequest): StoredMessage => {
    const interaction = interactionOf(request)
    const name = param(request, 'message')
    const id = name === '@original' ? interaction.originalId : name
    const own = id !== undefined && (id === interaction.originalId || id === interaction.messageId || interaction.followups.includes(id))
    const stored = own ? world.messages.get(id) : undefined
    if (stored === undefined) throw problems.unknownMessage()
    return stored
  }
  const common = { authorized: false, global: true }
  return [
    {
      // "Interaction endpoints are not bound to the bot's Global Rate Limit."
      authorized: false, global: false, method: 'POST', pattern: '/interactions/:interaction/:token/callback', allowance: { bucket: 'callback', requests: 5, windowMs: 1_000 },
      handle: (request) => {
        const response = callbacks.first(param(request, 'interaction'), param(request, 'token'), bodyOf(request), request.files)
        return request.query.get('with_response') === 'true' ? ok(response) : noContent
      },
    },
    { ...common, method: 'POST', pattern: '/webhooks/:application/:token', allowance: { bucket: 'webhook', ...WEBHOOK }, handle: (request) => ok(callbacks.followUp(interactionOf(request), bodyOf(request), request.files).wire) },
    { ...common, method: 'GET', pattern: '/webhooks/:application/:token/messages/:message', allowance: { bucket: 'webhook-get', ...WEBHOOK }, handle: (request) => ok(messageOf(request).wire) },
    {
      ...common, method: 'PATCH', pattern: '/webhooks/:application/:token/messages/:message', allowance: { bucket: 'webhook-edit', ...WEBHOOK }, handle: (request) => {
        const stored = messageOf(request)
        validateMessage(bodyOf(request), { files: request.files, existing: stored.wire })
        return ok(messages.edit(stored, bodyOf(request), request.files).wire)
      },
    },
    {
      ...common, method: 'DELETE', pattern: '/webhooks/:application/:token/messages/:message', allowance: { bucket: 'webhook-delete', ...WEBHOOK }, handle: (request) => {
        messages.delete(messageOf(request))
        return noContent
      },
    },
  ]
}
