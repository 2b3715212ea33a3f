import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { scratchFolder } from '@trivia/testkit'
import { expect, test } from 'vitest'

const launcher = new URL('../launch.js', import.meta.url).href

/** A program that says on which Node it runs, and then waits to be told to stop. */
function program(folder: { file: (name: string) => string }, pretend: string): string {
  writeFileSync(folder.file('main.mjs'), `export async function main(args) {
    const said = () => console.log(JSON.stringify({ version: process.versions.node, args, pid: process.pid }))
    if (args[0] === 'fail') {
      said()
      return 3
    }
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, 60_000)
      process.on('SIGTERM', () => { clearTimeout(timer); resolve() })
      said()
    })
    return 7
  }`)
  const file = folder.file('bin.mjs')
  writeFileSync(file, `${pretend}\nconst { launch } = await import(${JSON.stringify(launcher)})\nawait launch(() => import('./main.mjs'))`)
  return file
}

/** As an older Node would see itself; the real one starts as it is. */
const OLD = "if (process.env.TRIVIA_FOLLOWS_PARENT === undefined) Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })"

test.for([['a new enough Node', ''], ['an older Node', OLD]] as const)('%s: arguments go in, the exit code comes out', async ([, pretend]) => {
  using folder = scratchFolder()
  const child = spawn(process.execPath, [program(folder, pretend), 'fail', 'two words'], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number]
  expect(code).toBe(3)
  expect(JSON.parse(output)).toMatchObject({ args: ['fail', 'two words'], version: expect.stringMatching(/^2[4-9]\./) as string })
})

test.for(['SIGTERM', 'SIGKILL'] as const)('%s reaches the program behind an older Node', async (signal) => {
  using folder = scratchFolder()
  const child = spawn(process.execPath, [program(folder, OLD)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [first] = (await once(child.stdout, 'data')) as [Buffer]
  const { pid } = JSON.parse(first.toString()) as { pid: number }
  expect(pid).not.toBe(child.pid)
  const closed = once(child, 'close')
  child.kill(signal)
  const [code] = (await closed) as [number | null]
  if (signal === 'SIGTERM') expect(code).toBe(7)
  await expect.poll(() => isAlive(pid), { timeout: 5_000 }).toBe(false)
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    // Nobody may have collected what is left of it.
    return !(existsSync(`/proc/${pid}/stat`) && / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8')))
  } catch {
    return false
  }
}
