import { panicMessage } from '../engine/wasm.ts'
import { EnginePanic, UserFacingError } from '../engine/errors.ts'

export type RequestId = string | number

export interface Request {
  id: RequestId
  method: string
  params: Record<string, unknown>
}

/** The `data` of an error answer: with a code for an error that Prisma knows, without for any other. */
interface ErrorData {
  is_panic: boolean
  message: string
  error_code?: string
  meta?: Record<string, unknown>
  backtrace?: null
}

const SERVER_ERROR = 4466
const INVALID_PARAMS = -32602
const METHOD_NOT_FOUND = -32601

/** Reads a line from the CLI. Undefined for its answers to our own requests, and for what is no request. */
export function parseRequest(line: string): Request | undefined {
  const message = JSON.parse(line) as Partial<Request> | null
  if (typeof message?.method !== 'string' || message.id === undefined) return undefined
  return { id: message.id, method: message.method, params: message.params ?? {} }
}

export function resultMessage(id: RequestId, result: unknown): object {
  return { jsonrpc: '2.0', id, result: result ?? null }
}

/** Asks the CLI to print a text; it adds the line break itself. */
export function printMessage(id: RequestId, content: string): object {
  return { jsonrpc: '2.0', id, method: 'print', params: { content: content.replace(/\n$/, '') } }
}

export class UnknownMethod extends Error {}

/** The engine could not read what the CLI sent. */
export class InvalidParams extends Error {}

export function errorMessage(id: RequestId, error: unknown): object {
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof UnknownMethod) return { jsonrpc: '2.0', id, error: { code: METHOD_NOT_FOUND, message: 'Method not found' } }
  if (error instanceof InvalidParams) return { jsonrpc: '2.0', id, error: { code: INVALID_PARAMS, message: `Invalid params: ${message}.` } }
  return {
    jsonrpc: '2.0',
    id,
    error: { code: SERVER_ERROR, message: 'An error happened. Check the data field for details.', data: errorData(error, message) },
  }
}

function errorData(error: unknown, message: string): ErrorData {
  if (error instanceof UserFacingError) return { is_panic: false, message, meta: error.meta, error_code: error.code }
  // The engine's own errors carry Prisma's code as a property.
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (typeof code === 'string' && /^P\d{4}$/.test(code)) return { is_panic: false, message, meta: {}, error_code: code }
  return { is_panic: false, message, backtrace: null }
}

/** Makes sense of an exception that came out of the engine outside of any promise. */
export function crashReason(error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error)
  const panicked = panicMessage()
  if (panicked !== undefined) return new EnginePanic(panicked)
  // What the engine cannot deserialise it throws as a plain error with this prefix.
  return error instanceof Error && message.startsWith('Error: ') ? new InvalidParams(message.slice('Error: '.length)) : new EnginePanic(message)
}
