import { main } from '../src/main.ts'

// The bot as it is, which tells its memory when it is asked.
process.on('SIGUSR2', () => {
  globalThis.gc?.()
  console.log(JSON.stringify({ msg: 'memory', rss: process.memoryUsage().rss }))
})
process.exitCode = await main([], process)
