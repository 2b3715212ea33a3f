import { benchAnswers } from './answers.ts'
import { benchChoosing } from './choosing.ts'
import { benchLeaderboards } from './leaderboards.ts'
import { benchMemory } from './memory.ts'
import { markdown, type BenchRow } from '@trivia/testkit'

/** `pnpm --filter bot bench [NAME…] [--json]`: everything beside its reference, in one run. */
const benches: Readonly<Record<string, () => BenchRow[] | Promise<BenchRow[]>>> = { answers: benchAnswers, choosing: benchChoosing, leaderboards: benchLeaderboards, memory: benchMemory }

const wanted = process.argv.slice(2).filter((each) => !each.startsWith('-'))
const rows: BenchRow[] = []
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  process.stderr.write(`${name} …\n`)
  rows.push(...(await bench()))
}
console.log(process.argv.includes('--json') ? JSON.stringify(rows) : markdown(rows))
