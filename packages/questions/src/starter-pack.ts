import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { ImportFile } from './importing/import.ts'

/** Where the questions are that were written for this project. */
export const starterPackFolder = resolve(import.meta.dirname, '../starter')

/** The starter pack's files. */
export function starterPack(): readonly ImportFile[] {
  return readdirSync(starterPackFolder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => ({ name: join('starter', name), bytes: readFileSync(join(starterPackFolder, name)) }))
}
