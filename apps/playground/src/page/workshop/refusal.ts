import type { SeenRequest } from '../net/events.ts'

/** Why Discord refused a request: its message, and which part of the body was wrong. */
export function describeRefusal({ status, code, error }: Pick<SeenRequest, 'status' | 'code' | 'error'>): { title: string; details: string[] } {
  const body = isRecord(error) ? error : {}
  const message = typeof body['message'] === 'string' ? body['message'] : status === 429 ? 'You are being rate limited.' : 'Refused'
  const retry = typeof body['retry_after'] === 'number' ? [`Again after ${body['retry_after']} s`] : []
  return { title: `${status}${code === undefined ? '' : ` · ${code}`} ${message}`, details: [...retry, ...faultsIn(body['errors'], '')].slice(0, 6) }
}

/** Discord nests what is wrong by the body's structure, down to `_errors`. */
function faultsIn(node: unknown, path: string): string[] {
  if (!isRecord(node)) return []
  return Object.entries(node).flatMap(([key, value]): string[] => {
    if (key !== '_errors') return faultsIn(value, path === '' ? key : `${path}.${key}`)
    return Array.isArray(value) ? value.filter(isRecord).map((each) => `${path}: ${typeof each['message'] === 'string' ? each['message'] : 'wrong'}`) : []
  })
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
