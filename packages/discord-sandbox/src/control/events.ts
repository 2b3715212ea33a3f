import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Sandbox } from '../driver/sandbox.ts'
import { SeenMessage } from '../driver/seen.ts'
import { NotPossible } from '../errors.ts'
import type { MessageEvent, SandboxEvent } from '../state/bus.ts'
import { permissionsOf } from '../state/permissions.ts'
import { PermissionFlagsBits } from 'discord-api-types/v10'
import { describeInteraction } from './reading.ts'

/** Sends everything that happens as Server-Sent Events, until the other side goes: each has the event's type as its name and JSON as its data. With `?user=NAME` only the messages which they see. */
export function streamEvents(sandbox: Sandbox, request: IncomingMessage, response: ServerResponse, query: URLSearchParams): void {
  const name = query.get('user')
  const userId = name === null ? undefined : sandbox.users.get(name)?.id
  if (name !== null && userId === undefined) throw new NotPossible(`There is no user "${name}".`)
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  // Whoever waits for the headers knows now that nothing will be missed.
  response.write(': listening\n\n')
  const stop = sandbox.bus.listen((event) => {
    const data = describe(sandbox, event, userId)
    if (data !== undefined) response.write(`event: ${event.type}\ndata: ${JSON.stringify(data)}\n\n`)
  })
  request.once('close', stop)
  response.once('close', stop)
}

function describe(sandbox: Sandbox, event: SandboxEvent, userId: string | undefined): object | undefined {
  if (event.type === 'interaction') {
    const interaction = sandbox.interactions.all.get(event.interactionId)
    return { ...event, ...(interaction === undefined ? {} : { interaction: describeInteraction(interaction) }) }
  }
  if (event.type === 'message') return sees(sandbox, event, userId) ? withMessage(sandbox, event) : undefined
  return event.type === 'request' ? { ...event, refused: event.status >= 400 } : event
}

function withMessage(sandbox: Sandbox, event: MessageEvent): object {
  const stored = sandbox.world.messages.get(event.messageId)
  return { ...event, ...(stored === undefined ? {} : { message: new SeenMessage(stored, sandbox) }) }
}

function sees(sandbox: Sandbox, event: MessageEvent, userId: string | undefined): boolean {
  if (userId === undefined) return true
  if (event.onlyFor !== undefined) return event.onlyFor === userId
  const channel = sandbox.world.channels.get(event.channelId)
  const guild = channel === undefined ? undefined : sandbox.world.guildOf(channel)
  if (guild === undefined) return channel?.recipients.includes(userId) === true
  return (permissionsOf(guild, userId, channel) & PermissionFlagsBits.ViewChannel) !== 0n
}
