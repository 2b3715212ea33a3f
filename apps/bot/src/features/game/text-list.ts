/** A JSON list of texts; a broken one is empty. */
export function textList(json: string | null): string[] {
  try {
    const value: unknown = JSON.parse(json ?? '[]')
    return Array.isArray(value) ? value.map(String) : []
  } catch {
    return []
  }
}
