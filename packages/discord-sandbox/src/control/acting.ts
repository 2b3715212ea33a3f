import { z } from 'zod'
import { modalOf } from '../driver/answers.ts'
import type { GivenFile } from '../driver/resolved.ts'
import type { Sandbox } from '../driver/sandbox.ts'
import type { SandboxUser } from '../driver/user.ts'
import { NotPossible } from '../errors.ts'
import { endpoint, type Endpoints } from './endpoint.ts'
import { actor, idOf, messageOf, userIn } from './where.ts'

const file = z.strictObject({ filename: z.string().min(1), base64: z.base64(), contentType: z.string().optional() })
  .transform(({ filename, base64, contentType }): GivenFile => ({ filename, content: Buffer.from(base64, 'base64'), contentType }))
const options = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), file])).default({})
const fields = z.record(z.string(), z.union([z.string(), z.array(z.string()), z.array(file)]))

/** What users do. Each answers what the user saw. */
export const acting: Endpoints = {
  'POST /slash': endpoint(z.strictObject({ ...actor, command: z.string(), options, evenIfHidden: z.boolean().default(false) }), (sandbox, body) => userIn(sandbox, body).slash(body.command, body.options, { evenIfHidden: body.evenIfHidden })),
  'POST /autocomplete': endpoint(z.strictObject({ ...actor, command: z.string(), focused: z.string(), options }), (sandbox, body) => userIn(sandbox, body).autocomplete(body.command, body.focused, body.options)),
  'POST /on-user': endpoint(z.strictObject({ ...actor, command: z.string(), target: z.string() }), (sandbox, body) => userIn(sandbox, body).onUser(body.command, idOf(sandbox, body.target))),
  'POST /on-message': endpoint(z.strictObject({ ...actor, command: z.string(), message: z.string() }), (sandbox, body) => atMessage(sandbox, body).onMessage(body.command, messageOf(sandbox, body.message))),
  'POST /click': endpoint(z.strictObject({ ...actor, message: z.string(), button: z.string() }), (sandbox, body) => atMessage(sandbox, body).click(messageOf(sandbox, body.message), body.button)),
  'POST /select': endpoint(z.strictObject({ ...actor, message: z.string(), values: z.array(z.string()), select: z.string().optional() }), (sandbox, body) => atMessage(sandbox, body).select(messageOf(sandbox, body.message), body.values, body.select)),
  'POST /submit': endpoint(z.strictObject({ ...actor, interaction: z.string(), values: fields }), (sandbox, body) => {
    const opener = sandbox.interactions.all.get(body.interaction)
    const modal = opener === undefined ? undefined : modalOf(opener)
    if (opener === undefined || modal === undefined) throw new NotPossible('This interaction opened no modal.')
    return userIn(sandbox, body.direct || body.channel !== undefined || body.guild !== undefined ? body : { ...body, channel: opener.channelId }).submit(modal, body.values)
  }),
  'POST /write': endpoint(z.strictObject({ ...actor, content: z.string().default(''), files: z.array(file).default([]), replyTo: z.string().optional() }), (sandbox, body) => (
    userIn(sandbox, body).write(body.content, { files: body.files, ...(body.replyTo === undefined ? {} : { replyTo: messageOf(sandbox, body.replyTo) }) })
  )),
}

/** Somebody where a message is, unless the body says another place. */
function atMessage(sandbox: Sandbox, body: { user: string; message: string; guild?: string | undefined; channel?: string | undefined; direct: boolean }): SandboxUser {
  const said = body.direct || body.channel !== undefined || body.guild !== undefined
  return userIn(sandbox, said ? body : { ...body, channel: messageOf(sandbox, body.message).channelId })
}
