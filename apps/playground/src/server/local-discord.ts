import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type Child, startChild } from './child.ts'
import { eachLine } from './lines.ts'
import { programs } from './locations.ts'
import { freePort } from './ports.ts'
import { moreChannels, seed } from './seed.ts'

const announcement = z.object({ api: z.url(), control: z.url(), token: z.string().min(1) })

/** The local Discord's process, and where it is. */
export interface LocalDiscord {
  readonly child: Child
  /** For the bot. */
  readonly api: string
  readonly token: string
  /** http://127.0.0.1:PORT, without a slash at its end. */
  readonly origin: string
}

/** Starts the local Discord with a few servers and people in it. */
export async function startLocalDiscord(preferredPort: number, folder: string): Promise<LocalDiscord> {
  const file = join(folder, 'discord.json')
  writeFileSync(file, JSON.stringify(seed))
  const port = await freePort(preferredPort)
  const child = startChild(programs.sandbox, { args: ['--port', String(port), '--seed', file] })
  const errors: string[] = []
  eachLine(child.stderr, (line) => errors.push(line))
  const { promise, resolve } = Promise.withResolvers<string>()
  eachLine(child.stdout, resolve)
  const line = await Promise.race([promise, child.ended.then(() => null)])
  if (line === null) throw new Error(`The local Discord did not start:\n${errors.slice(-12).join('\n')}`)
  const { api, control, token } = announcement.parse(JSON.parse(line))
  for (const channel of moreChannels) await post(control, '/channel', channel)
  return { child, api, token, origin: new URL(control).origin }
}

async function post(control: string, path: string, body: object): Promise<void> {
  const response = await fetch(`${control}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`The local Discord refused ${path}: ${await response.text()}`)
}
