/** What the server or the local Discord refused. */
export class Refused extends Error {
  override name = 'Refused'
}

/** Asks the server for something. */
export async function get<T>(path: string): Promise<T> {
  return read<T>(await fetch(path))
}

export async function post<T>(path: string, body: object = {}): Promise<T> {
  return read<T>(await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }))
}

/** The local Discord's control API. */
export const control = {
  get: <T>(path: string): Promise<T> => get<T>(`/api/control${path}`),
  post: <T>(path: string, body: object = {}): Promise<T> => post<T>(`/api/control${path}`, body),
}

async function read<T>(response: Response): Promise<T> {
  const body = await response.json().catch(() => ({ error: response.statusText })) as T & { error?: unknown }
  if (!response.ok) throw new Refused(typeof body.error === 'string' ? body.error : `The server answered ${response.status}.`)
  return body
}

/** A file of the local Discord, by this server; null for one from elsewhere, which is not loaded. */
export function ownUrl(url: string): string | null {
  const parsed = URL.parse(url, location.href)
  if (parsed === null) return null
  if (parsed.pathname.startsWith('/attachments/')) return parsed.pathname
  return parsed.protocol === 'data:' ? url : null
}
