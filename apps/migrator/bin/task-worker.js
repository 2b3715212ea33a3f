// Plain JavaScript on purpose: with the cache on first, a thread loads its TypeScript stripped already, in half of the
// time and with a fifth of the memory.
import module from 'node:module'

module.enableCompileCache()
await import('../src/tasks/worker.ts')
