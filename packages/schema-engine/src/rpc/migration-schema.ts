import type { DevDiagnosticInput } from '@prisma/schema-engine-wasm'
import type { SchemaEngine } from '../engine/wasm.ts'

/** The engine wants the schema that the migrations make, and has no shadow database to find it out. */
function lacksShadowDatabase(error: unknown): boolean {
  return error instanceof Error && error.message.includes('shadow DB must be provided through an external factory')
}

/**
 * Calls a method that compares with the schema which the migrations make.
 *
 * For these methods the engine's WebAssembly build never opens a shadow database; it relies on what an earlier
 * `devDiagnostic` remembered for exactly this list of migrations, all of them applied. `migrate dev` asks for
 * that only before it applies pending ones. So it is asked for again where the engine does not remember.
 */
export async function withMigrationSchema<Input extends DevDiagnosticInput, Output>(
  engine: SchemaEngine,
  input: Input,
  call: (engine: SchemaEngine, input: Input) => Promise<Output>,
): Promise<Output> {
  try {
    return await call(engine, input)
  } catch (error) {
    if (!lacksShadowDatabase(error)) throw error
    await engine.devDiagnostic({ migrationsList: input.migrationsList, filters: input.filters })
    return call(engine, input)
  }
}
