#!/usr/bin/env node
// Plain JavaScript on purpose: an older Node must be able to read this far to say what it needs.
import module from 'node:module'

const needed = 24
if (Number(process.versions.node.split('.')[0]) < needed) {
  console.error(`NODE_TOO_OLD: This program needs Node ${needed} or newer, and runs on ${process.versions.node}.
  Why:  It is TypeScript that Node runs as it is, and its SQLite driver needs a newer Node too.
  Next: Run it with the repository's own Node: pnpm --filter bot start, or node_modules/.bin/node apps/bot/bin/bot.js`)
  process.exit(2)
}

// Node keeps the stripped TypeScript between runs: a start takes half of the time.
module.enableCompileCache?.()
const { main } = await import('../src/main.ts')
process.exitCode = await main(process.argv.slice(2), process)
