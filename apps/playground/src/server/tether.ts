import { isMainThread } from 'node:worker_threads'

/**
 * Loaded into each child before its program: when whoever started it is gone, however that went, the child goes too.
 * The channel closes with the other process, and nothing else tells of a parent that was killed.
 */
const LONGEST = 6_000

if (isMainThread && process.channel !== undefined) {
  process.on('disconnect', () => {
    process.kill(process.pid, 'SIGTERM')
    setTimeout(() => process.exit(1), LONGEST).unref()
  })
  // Waiting for the end of the other is no reason to stay.
  process.channel.unref()
}
