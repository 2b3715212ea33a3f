/**
 * A button's or form's custom_id: a name and what belongs to it, such as `answer:17:2`. It says nothing that players
 * must not know: Discord shows it to everybody who looks.
 */
export function customId(name: string, ...parts: readonly (string | number)[]): string {
  const id = [name, ...parts].join(':')
  if (id.length > 100) throw new RangeError(`A custom_id has at most 100 characters: ${id}`)
  return id
}

export function readCustomId(id: string): { readonly name: string; readonly parts: readonly string[] } {
  const [name = '', ...parts] = id.split(':')
  return { name, parts }
}
