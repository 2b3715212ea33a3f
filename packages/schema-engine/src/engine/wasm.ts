import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { SchemaEngine } from '@prisma/schema-engine-wasm'

export type { SchemaEngine }

declare global {
  // The engine's panic hook looks for this name.
  var PRISMA_WASM_PANIC_REGISTRY: { set_message(message: string): void } | undefined
}

// Neither the language's library nor Node's types declare it; only the DOM's do.
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object
  Instance: new (module: object, imports: object) => { exports: Record<string, unknown> }
}

let panic: string | undefined

/** What the engine said when it broke down, if it has. */
export function panicMessage(): string | undefined {
  return panic
}

type Bindings = typeof import('@prisma/schema-engine-wasm/schema_engine_bg')

let loading: Promise<Bindings> | undefined

/**
 * Loads the engine by hand rather than through the package's entry, which imports the `.wasm` file as a module:
 * not every Node that runs this can, and some print a warning.
 */
async function load(): Promise<Bindings> {
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const file = fileURLToPath(new URL('schema_engine_bg.wasm', import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg')))
  // Compiling without waiting for another thread: V8 compiles functions when they are first called, so this is quick.
  const module = new WebAssembly.Module(readFileSync(file))
  const { exports } = new WebAssembly.Instance(module, { './schema_engine_bg.js': bindings })
  bindings.__wbg_set_wasm(exports)
  ;(exports['__wbindgen_start'] as () => void)()
  globalThis.PRISMA_WASM_PANIC_REGISTRY = {
    set_message(message) {
      panic = message
    },
  }
  return bindings
}

/** Starts a schema engine on an adapter factory, for the given schema files. */
export async function startEngine(adapterFactory: object, datamodels: [string, string][] | undefined): Promise<SchemaEngine> {
  loading ??= load()
  const bindings = await loading
  return bindings.SchemaEngine.new({ datamodels }, () => undefined, adapterFactory)
}
