import type { AlertRequest } from './request.ts'

/** How an attempt to deliver ended. */
export type Attempt =
  | { readonly outcome: 'delivered' }
  /** It may work later; `afterMs` is what the receiver asked for. */
  | { readonly outcome: 'later'; readonly why: string; readonly afterMs: number | null }
  /** The receiver does not want it as it is. */
  | { readonly outcome: 'rejected'; readonly why: string }

/** Sends a request once. It never throws, and what it says contains neither address nor secret. */
export async function attempt({ url, headers, body }: AlertRequest, timeoutMs: number, now: () => Date): Promise<Attempt> {
  let response: Response
  try {
    // A receiver that sends elsewhere would take the signature along.
    response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) })
    await response.body?.cancel()
  } catch (error) {
    return { outcome: 'later', why: reasonOf(error), afterMs: null }
  }
  const { status } = response
  if (status >= 200 && status < 300) return { outcome: 'delivered' }
  const why = `The receiver answered ${status}.`
  if (status === 408 || status === 425 || status === 429 || status >= 500) {
    return { outcome: 'later', why, afterMs: retryAfter(response.headers.get('retry-after'), now()) }
  }
  return { outcome: 'rejected', why }
}

/** Retry-After is a number of seconds, which Discord gives with a fraction, or a date. */
function retryAfter(header: string | null, now: Date): number | null {
  if (header === null) return null
  const ms = /^\d+(\.\d+)?$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now.getTime()
  return Number.isNaN(ms) ? null : Math.max(0, ms)
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'The receiver did not answer in time.'
  const cause = error instanceof Error ? error.cause : undefined
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : 'no connection'
  return `The receiver cannot be reached (${code}).`
}
