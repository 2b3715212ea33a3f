import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { makeMonitoringFolder, monitoringFolder, writeMonitoringFile } from '../metrics/folder.ts'
import { type AlertName, alertNames } from './alert.ts'
import type { Active } from './suppress.ts'

const FOLDER = 'active'

const active = z.object({
  name: z.enum(alertNames),
  severity: z.enum(['critical', 'warning']),
  cause: z.string(),
  summary: z.string(),
  what: z.string(),
  why: z.string(),
  next: z.string(),
  toldAt: z.number(),
})

/** What was told of an alert and not yet taken back. Each alert has a file of its own, so that two commands do not undo each other's. */
export function readActive(database: string, name: AlertName): Active | null {
  try {
    return active.parse(JSON.parse(readFileSync(pathOf(database, name), 'utf8')))
  } catch {
    return null
  }
}

/** @throws the system's error */
export function saveActive(database: string, name: AlertName, remember: Active | null): void {
  if (remember === null) {
    rmSync(pathOf(database, name), { force: true })
    return
  }
  makeMonitoringFolder(database, FOLDER)
  writeMonitoringFile(database, pathOf(database, name), `${JSON.stringify(remember)}\n`)
}

function pathOf(database: string, name: AlertName): string {
  return join(monitoringFolder(database), FOLDER, `${name}.json`)
}
