import type { IncomingMessage, ServerResponse } from 'node:http'
import { z, ZodError } from 'zod'
import type { DataOverview, DeployRun, DevStatus, PlayersStatus, Speed } from '../shared/status.ts'
import { answerJson, jsonBody } from './json-body.ts'

/** What the page can ask of the server, besides of the local Discord. */
export interface Workshop {
  status(): DevStatus
  data(): DataOverview
  deploy(kind: DeployRun['kind']): void
  restartBot(): Promise<void>
  players(wanted: { count: number; speed: Speed; hitRate: number; guild?: string | undefined }): Promise<PlayersStatus>
  studio(): Promise<DevStatus['studio']>
  dismiss(notice: string): void
}

const nothing = z.strictObject({})
const deploy = z.strictObject({ kind: z.enum(['deploy', 'practice']).default('deploy') })
const players = z.strictObject({ count: z.number().int().min(0).max(10), speed: z.enum(['slow', 'normal', 'fast']), hitRate: z.number().min(0).max(1), guild: z.string().optional() })
const dismissed = z.strictObject({ id: z.string() })

type Endpoint = (workshop: Workshop, body: unknown) => unknown

const endpoints: Readonly<Record<string, Endpoint>> = {
  'GET /status': (workshop) => workshop.status(),
  'GET /data': (workshop) => workshop.data(),
  'POST /deploy': (workshop, body) => {
    workshop.deploy(deploy.parse(body).kind)
    return { started: true }
  },
  'POST /restart-bot': async (workshop, body) => {
    nothing.parse(body)
    await workshop.restartBot()
    return { restarted: true }
  },
  'POST /players': (workshop, body) => workshop.players(players.parse(body)),
  'POST /studio': (workshop, body) => {
    nothing.parse(body)
    return workshop.studio()
  },
  'POST /dismiss': (workshop, body) => {
    workshop.dismiss(dismissed.parse(body).id)
    return { dismissed: true }
  },
}

/** Answers below /api/dev. */
export async function answerWorkshop(workshop: Workshop, path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const name = `${request.method ?? 'GET'} ${path}`
  const act = Object.hasOwn(endpoints, name) ? endpoints[name] : undefined
  if (act === undefined) {
    answerJson(response, 404, { error: 'There is no such endpoint.' })
    return
  }
  try {
    answerJson(response, 200, await act(workshop, request.method === 'POST' ? await jsonBody(request) : {}))
  } catch (error) {
    const wrong = error instanceof ZodError || error instanceof SyntaxError
    answerJson(response, wrong ? 400 : 409, { error: error instanceof ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : String(error) })
  }
}
