import { plain } from '../json.ts'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { z, ZodError } from 'zod'
import { SeenMessage } from '../driver/seen.ts'
import type { Sandbox } from '../driver/sandbox.ts'
import { NotPossible } from '../errors.ts'
import { readBody } from '../rest/read-body.ts'

const values = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({})
const actions = {
  user: z.object({ name: z.string().min(1), locale: z.string().optional(), permissions: z.string().regex(/^\d+$/).optional() }),
  slash: z.object({ user: z.string(), command: z.string(), options: values, evenIfHidden: z.boolean().default(false) }),
  autocomplete: z.object({ user: z.string(), command: z.string(), focused: z.string(), options: values }),
  click: z.object({ user: z.string(), message: z.string(), button: z.string() }),
  select: z.object({ user: z.string(), message: z.string(), values: z.array(z.string()), select: z.string().optional() }),
  submit: z.object({ user: z.string(), interaction: z.string(), values: z.record(z.string(), z.string()) }),
  advance: z.object({ milliseconds: z.number().nonnegative() }),
  slow: z.object({ restMs: z.number().nonnegative().default(0), gatewayMs: z.number().nonnegative().default(0) }),
  rateLimit: z.object({ requests: z.number().int().nonnegative(), retryAfterMs: z.number().positive(), global: z.boolean().default(false) }),
}

/** Acts as users over HTTP; the README lists the endpoints. */
export async function answerControl(sandbox: Sandbox, request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  const reply = (status: number, body: unknown): void => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  try {
    const { body } = await readBody(request)
    const result = await act(sandbox, `${request.method ?? 'GET'} ${url.pathname.replace(/^\/control/, '')}`, body, url.searchParams)
    if (result === undefined) reply(404, { error: 'There is no such endpoint.' })
    else reply(200, result)
  } catch (error) {
    if (error instanceof ZodError) reply(400, { error: z.prettifyError(error) })
    else if (error instanceof NotPossible) reply(422, { error: error.message })
    else reply(500, { error: error instanceof Error ? error.message : String(error) })
  }
}

async function act(sandbox: Sandbox, endpoint: string, body: unknown, query: URLSearchParams): Promise<object | undefined> {
  const message = (id: string): SeenMessage => {
    const stored = sandbox.world.messages.get(id)
    if (stored === undefined) throw new NotPossible('There is no such message.')
    return new SeenMessage(stored)
  }
  switch (endpoint) {
    case 'GET /state': return { now: sandbox.clock.now(), guild: { id: sandbox.guild.id, name: sandbox.guild.name }, channel: { id: sandbox.channel.id, name: sandbox.channel.name }, users: [...sandbox.users].map(([name, user]) => ({ name, id: user.id })), invalidRequests: sandbox.invalidRequests() }
    case 'GET /requests': return sandbox.requests
    case 'GET /interactions': return [...sandbox.interactions.all.values()].map((each) => ({ ...each, token: undefined }))
    case 'GET /messages': return sandbox.user(query.get('user') ?? '').messages()
    case 'POST /user': {
      const { name, locale, permissions } = actions.user.parse(body)
      return { name, id: sandbox.user(name, { ...(locale === undefined ? {} : { locale }), ...(permissions === undefined ? {} : { permissions: BigInt(permissions) }) }).id }
    }
    case 'POST /slash': {
      const { user, command, options, evenIfHidden } = actions.slash.parse(body)
      return sandbox.user(user).slash(command, options, { evenIfHidden })
    }
    case 'POST /autocomplete': {
      const { user, command, focused, options } = actions.autocomplete.parse(body)
      return sandbox.user(user).autocomplete(command, focused, options)
    }
    case 'POST /click': {
      const { user, message: id, button } = actions.click.parse(body)
      return sandbox.user(user).click(message(id), button)
    }
    case 'POST /select': {
      const { user, message: id, values: chosen, select } = actions.select.parse(body)
      return sandbox.user(user).select(message(id), chosen, select)
    }
    case 'POST /submit': {
      const { user, interaction, values: fields } = actions.submit.parse(body)
      const modal = sandbox.interactions.all.get(interaction)?.modal
      if (modal === undefined) throw new NotPossible('This interaction opened no modal.')
      return sandbox.user(user).submit({ interactionId: interaction, title: plain(modal['title']), customId: plain(modal['custom_id']), raw: modal }, fields)
    }
    case 'POST /advance': return done(() => sandbox.advance(actions.advance.parse(body).milliseconds))
    case 'POST /disconnect': return done(sandbox.disconnect)
    case 'POST /reconnect': return done(sandbox.requestReconnect)
    case 'POST /invalid-session': return done(sandbox.invalidateSession)
    case 'POST /slow': return done(() => sandbox.slow(actions.slow.parse(body)))
    case 'POST /rate-limit': return done(() => {
      const { requests, retryAfterMs, global } = actions.rateLimit.parse(body)
      sandbox.rateLimit(requests, retryAfterMs, global)
    })
    default: return undefined
  }
}

function done(action: () => void): object {
  action()
  return { done: true }
}
