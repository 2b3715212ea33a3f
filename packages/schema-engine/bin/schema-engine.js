#!/usr/bin/env node
// The executable that PRISMA_SCHEMA_ENGINE_BINARY names. Plain JavaScript, so that a Node that is too old
// for the TypeScript sources still gets to say so.
import { enableCompileCache } from 'node:module'

// The CLI reads every line of stderr as JSON: a warning of Node's own would break it.
process.removeAllListeners('warning')

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 18)) {
  const message = `The schema engine needs Node 22.18 or newer, but PATH leads to Node ${process.versions.node} (${process.execPath}).`
  for (const level of ['INFO', 'ERROR']) {
    const fields = level === 'ERROR' ? { message, error_code: 'P1000' } : { message: 'Starting schema engine' }
    console.error(JSON.stringify({ level, target: 'schema_engine::logger', fields }))
  }
  process.exit(1)
}

enableCompileCache?.()
const { main } = await import('../src/cli/main.ts')
await main(process.argv.slice(2))
