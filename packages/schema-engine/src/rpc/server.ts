import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import type { EngineArguments } from '../cli/arguments.ts'
import { log, logError } from '../cli/log.ts'
import { EnginePanic } from '../engine/errors.ts'
import { EngineHost } from './engine-host.ts'
import { METHODS } from './methods.ts'
import { crashReason, errorMessage, parseRequest, printMessage, resultMessage, UnknownMethod, type Request } from './protocol.ts'

const PANIC_EXIT_CODE = 101

/** Rejects when the engine throws outside of any promise, as WebAssembly does when it breaks down between two awaits. */
function watchForCrash(): { crash: Promise<never>; stop(): void } {
  let listener: (error: unknown) => void = () => undefined
  const crash = new Promise<never>((_resolve, reject) => {
    listener = (error) => reject(crashReason(error))
  })
  // Often nobody is waiting when the process ends.
  crash.catch(() => undefined)
  process.on('uncaughtException', listener)
  return { crash, stop: () => process.off('uncaughtException', listener) }
}

/**
 * Answers JSON-RPC, one request a line, until the input ends; returns the exit code. Requests run one after the
 * other: the engine cannot be called while it is busy.
 */
export async function serve(args: EngineArguments, input: Readable, output: Writable): Promise<number> {
  log('INFO', { message: 'Starting schema engine RPC server' })
  const host = new EngineHost(args, process.env)
  const watch = watchForCrash()
  // The CLI closes stdin and sends this signal right after it. Closing the database leaves no journal behind.
  // The listener stays: Node may hang when one is taken off at the moment its signal arrives.
  process.on('SIGTERM', () => void host.closeConnection().finally(() => process.exit(0)))
  const send = (message: object) => output.write(`${JSON.stringify(message)}\n`)

  async function answer(request: Request): Promise<object> {
    const method = METHODS[request.method]
    if (!method) return errorMessage(request.id, new UnknownMethod())
    host.session.begin({ mayCreate: method.mayCreate ?? false })
    const print = (text: string) => send(printMessage(`print-${request.id}`, text))
    try {
      return resultMessage(request.id, await Promise.race([method.run({ host, print }, request.params), watch.crash]))
    } catch (error) {
      if (error instanceof EnginePanic) throw error
      return errorMessage(request.id, error)
    }
  }

  try {
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      const request = line.trim() === '' ? undefined : parseRequest(line)
      if (request) send(await answer(request))
    }
    return 0
  } catch (error) {
    logError(error, error instanceof EnginePanic)
    return error instanceof EnginePanic ? PANIC_EXIT_CODE : 1
  } finally {
    watch.stop()
    await host.closeConnection().catch(() => undefined)
  }
}
