import type { Finding } from './inspect.ts'

/** One line for each row that a finding names, and one for those that it does not. */
export function findingLines({ table, rule, rows, examples }: Finding): string[] {
  const lines = examples.map(({ key, reason }) => `${table} ${key}: ${reason} (${rule})`)
  return rows > lines.length ? [...lines, `${table}: ${rows - lines.length} more (${rule})`] : lines
}

/** One line for a whole finding. */
export function findingLine({ table, rule, rows, examples: [first] }: Finding): string {
  return `${table} ${first?.key ?? ''}${rows > 1 ? ` and ${rows - 1} more` : ''}: ${first?.reason ?? ''} (${rule})`
}
