interface Nested {
  readonly [key: string]: string | Nested
}

/** All texts of a catalogue by path: 'game.worth_one' and so on. */
export function flat(texts: Nested, prefix = ''): ReadonlyMap<string, string> {
  return new Map(Object.entries(texts).flatMap(([key, value]) => {
    const path = prefix + key
    return typeof value === 'string' ? [[path, value] as const] : [...flat(value, `${path}.`)]
  }))
}

/** What stands between the braces of a text, in order of names: ['count, number', 'player']. */
export function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{(.*?)\}\}/g)].map(([, inside]) => inside ?? '').sort()
}
