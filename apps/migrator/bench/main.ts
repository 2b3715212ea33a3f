import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type BenchRow, markdown, scratchFolder } from '@trivia/testkit'
import { type ByHand, deployByHand, migrateBarely, timed } from './by-hand.ts'
import { type Ground, makeGround } from './ground.ts'
import { deployInPlace, deployWithMigrator, type Measured } from './ours.ts'

/** `pnpm --filter migrator bench [--scale N] [--json]`: a deploy beside the guide's five steps by hand, in one run. */
const option = (name: string): string | undefined => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined)
const scale = Number(option('--scale') ?? 1)
const TURNS = 2
const IDLE_TURNS = 5
const MB = 1_000_000

using folder = scratchFolder('trivia-bench-')

interface Both {
  readonly ground: Ground
  readonly ours: Measured
  readonly hand: ByHand
}

/** By turns, the better one of each; each in a folder of its own, which goes again. */
async function both(name: string, size: number): Promise<Both> {
  say(`${name}: making a database of version 1`)
  const ground = await makeGround(folder.file(`ground-${size}`), size)
  const ours: Measured[] = []
  const hand: ByHand[] = []
  for (let turn = 0; turn < TURNS; turn++) {
    say(`${name}: ${Math.round(ground.bytes / MB)} MB, turn ${turn + 1} of ${TURNS}: migrator deploy`)
    ours.push(await inFolder((place) => deployWithMigrator(ground.database, ground.prismaDir, place)))
    say(`${name}: turn ${turn + 1} of ${TURNS}: by hand`)
    hand.push(await inFolder((place) => deployByHand(ground.database, ground.prismaDir, place)))
  }
  const fastest = <T extends { totalMs: number }>(runs: readonly T[]): T => runs.reduce((best, each) => (each.totalMs < best.totalMs ? each : best))
  return { ground, ours: { ...fastest(ours), peakBytes: Math.max(...ours.map((each) => each.peakBytes)) }, hand: fastest(hand) }
}

async function inFolder<T>(work: (place: string) => Promise<T>): Promise<T> {
  const place = folder.file('place')
  try {
    return await work(place)
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

/** Nothing is pending: the best of several turns. */
async function idle({ database, prismaDirOfNow }: Ground): Promise<{ ours: number; bare: number }> {
  return await inFolder(async (place) => {
    mkdirSync(place)
    const copy = join(place, 'trivia.db')
    cpSync(database, copy)
    let [ours, bare] = [Infinity, Infinity]
    for (let turn = 0; turn < IDLE_TURNS; turn++) {
      ours = Math.min(ours, (await deployInPlace(copy, prismaDirOfNow)).totalMs)
      bare = Math.min(bare, await timed(() => migrateBarely(copy, prismaDirOfNow)))
    }
    return { ours, bare }
  })
}

function say(text: string): void {
  process.stderr.write(`${text} …\n`)
}

const large = await both('large', scale)
const small = await both('a tenth', scale / 10)
const nothing = await idle(large.ground)
const [of, ofSmall] = [large, small].map(({ ground }) => `${Math.round(ground.bytes / MB)} MB`)
const seconds = (ms: number): number => ms / 1_000

const rows: BenchRow[] = [
  { what: `a deploy with all its checks and backups, ${of}`, ours: seconds(large.ours.totalMs), reference: seconds(large.hand.totalMs), of: 'the guide’s five steps with sqlite3 and bare prisma', unit: 's' },
  { what: `the same, ${ofSmall}`, ours: seconds(small.ours.totalMs), reference: seconds(small.hand.totalMs), of: 'the same by hand', unit: 's' },
  { what: `writers held, ${of}`, ours: seconds(large.ours.writersHeldMs), reference: seconds(large.hand.steps['prisma migrate deploy']), of: 'bare prisma migrate deploy', unit: 's' },
  { what: 'nothing pending', ours: nothing.ours, reference: nothing.bare, of: 'bare prisma migrate deploy', unit: 'ms' },
  { what: 'time of the large one', ours: seconds(large.ours.totalMs), reference: seconds(small.ours.totalMs) * (large.ground.bytes / small.ground.bytes), of: `the small one’s, times ${(large.ground.bytes / small.ground.bytes).toFixed(1)} as its size is`, unit: 's' },
  { what: `peak private memory, ${of}`, ours: large.ours.peakBytes / MB, reference: small.ours.peakBytes / MB, of: ofSmall ?? '', unit: 'MB' },
]
console.log(process.argv.includes('--json') ? JSON.stringify({ rows, steps: { ours: large.ours.steps, byHand: large.hand.steps } }) : `${markdown(rows)}\n\nsteps in ms, ours: ${JSON.stringify(large.ours.steps)}\nby hand: ${JSON.stringify(large.hand.steps)}`)
