import { usage } from '../errors.ts'
import type { Migration } from '../migrations/folder.ts'

const LONGEST = 60
const FOLDER = /^(\d{14})_(?:version_\d+_)?(.*)$/

/** What a migration is about, as its folder says it: `Add player mottos` becomes `add_player_mottos`. */
export function migrationSlug(given: string, folder: readonly Migration[]): string {
  const slug = given
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
  if (slug === '' || slug.length > LONGEST) {
    throw usage({
      code: 'MIGRATION_NAME',
      what: `${JSON.stringify(given)} is no name for a migration.`,
      why: `It has to have letters or digits, and at most ${LONGEST} of them.`,
      next: 'Say in two or three words what changes: pnpm db:new player_mottos',
    })
  }
  const taken = folder.find((migration) => FOLDER.exec(migration.name)?.[2] === slug)
  if (taken === undefined) return slug
  throw usage({
    code: 'MIGRATION_NAME',
    what: `There is a migration of that name: ${taken.name}.`,
    why: 'Two of one name cannot be told apart by it.',
    next: 'Name what this one does.',
  })
}

/** The name of the new folder: after all others, also after one whose author's clock was ahead. */
export function folderName(slug: string, version: number, now: Date, folder: readonly Migration[]): string {
  const last = FOLDER.exec(folder.at(-1)?.name ?? '')?.[1]
  const own = stampOf(now)
  return `${last !== undefined && own <= last ? stampOf(new Date(timeOf(last) + 1000)) : own}_version_${version}_${slug}`
}

function stampOf(time: Date): string {
  return time.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)
}

/** Stamps are counted like times, whatever is in them: a month of 13 goes on into the next year. */
function timeOf(stamp: string): number {
  const part = (from: number, to: number): number => Number(stamp.slice(from, to))
  return Date.UTC(part(0, 4), part(4, 6) - 1, part(6, 8), part(8, 10), part(10, 12), part(12, 14))
}
