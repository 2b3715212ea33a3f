// Plain JavaScript on purpose: an older Node must be able to read it.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { fileURLToPath } from 'node:url'

/** The programs are TypeScript that Node runs as it is, and their SQLite driver needs a newer Node, too. */
const NEEDED = 24
/** The operator's settings. */
const settings = fileURLToPath(new URL('../../.env', import.meta.url))
const ownNode = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url))

export async function launch(load) {
  if (Number(process.versions.node.split('.')[0]) >= NEEDED) {
    followParent()
    // Whoever reads only the beginning of the output, such as head, has seen enough; the work goes on to its end.
    process.stdout.on('error', (error) => {
      if (error.code !== 'EPIPE') throw error
    })
    // What the environment says already counts more.
    if (existsSync(settings)) process.loadEnvFile(settings)
    // Node keeps the stripped TypeScript between runs: a start takes half of the time.
    module.enableCompileCache?.()
    const { main } = await load()
    const exitCode = await main(process.argv.slice(2), process)
    // A server's main returns when it is up.
    if (exitCode !== undefined) process.exitCode = exitCode
  } else if (existsSync(ownNode)) await runOn(ownNode)
  else refuse()
}

function runOn(node) {
  const child = spawn(node, process.argv.slice(1), { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env: { ...process.env, TRIVIA_FOLLOWS_PARENT: '1' } })
  const forward = (signal) => child.kill(signal)
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  // A terminal sends its signals to both; whoever signals this process only means the other one.
  for (const signal of signals) process.on(signal, forward)
  return new Promise((resolve) => {
    child.on('exit', (code, signal) => {
      for (const each of signals) process.removeListener(each, forward)
      if (signal !== null) process.kill(process.pid, signal)
      process.exitCode = code ?? 1
      resolve()
    })
  })
}

/** However the process that started this one ends, their channel tells, and this one ends too. */
function followParent() {
  if (process.env.TRIVIA_FOLLOWS_PARENT !== '1' || process.channel === undefined) return
  delete process.env.TRIVIA_FOLLOWS_PARENT
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
  process.channel.unref()
}

function refuse() {
  const error = {
    code: 'NODE_TOO_OLD',
    what: `This program needs Node ${NEEDED} or newer, and runs on ${process.versions.node}.`,
    why: 'It is TypeScript that Node runs as it is, and its SQLite driver needs a newer Node too.',
    next: 'npx --yes pnpm@12.21.0 install brings the right Node; then start it again.',
  }
  if (process.argv.includes('--json')) console.log(JSON.stringify({ outcome: 'refused', exitCode: 2, error }, null, 2))
  console.error(`${error.code}: ${error.what}\n  Why:  ${error.why}\n  Next: ${error.next}`)
  process.exitCode = 2
}
