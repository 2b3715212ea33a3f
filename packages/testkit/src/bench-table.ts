/** One thing that was measured beside its reference, in the same run. */
export interface BenchRow {
  readonly what: string
  readonly ours: number
  readonly reference: number
  /** What the reference is. */
  readonly of: string
  readonly unit: string
}

export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}

/** A table in Markdown, as docs/performance.md has it. */
export function markdown(rows: readonly BenchRow[]): string {
  const number = (value: number): string => (value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toPrecision(2))
  return [
    '| what | measured | reference | ratio |', '|---|---|---|---|',
    ...rows.map(({ what, ours, reference, of, unit }) => `| ${what} | ${number(ours)} ${unit} | ${number(reference)} ${unit} (${of}) | ${number(ours / reference)} |`),
  ].join('\n')
}
