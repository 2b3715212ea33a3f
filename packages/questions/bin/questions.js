#!/usr/bin/env node
// Plain JavaScript on purpose: an older Node must be able to read this far to say what it needs.
import module from 'node:module'

const needed = [24, 0]
const current = process.versions.node.split('.').map(Number)

if (current[0] < needed[0]) {
  const error = {
    code: 'NODE_TOO_OLD',
    what: `This program needs Node ${needed.join('.')} or newer, and runs on ${process.versions.node}.`,
    why: 'It is TypeScript that Node runs as it is, and its SQLite driver needs a newer Node too.',
    next: "Run it with the repository's own Node: pnpm questions …",
  }
  if (process.argv.includes('--json')) console.log(JSON.stringify({ outcome: 'refused', exitCode: 2, error }, null, 2))
  console.error(`${error.code}: ${error.what}\n  Why:  ${error.why}\n  Next: ${error.next}`)
  process.exit(2)
}

// Node keeps the stripped TypeScript between runs: a start takes half of the time.
module.enableCompileCache?.()
const { main } = await import('../src/cli/main.ts')
process.exitCode = await main(process.argv.slice(2), process)
