const LEVELS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const

/** Values over time as a line of blocks, the newest to the right. All alike they lie low: nothing happened. */
export function sparkline(values: readonly number[], width: number): string {
  const shown = values.slice(-width)
  const least = Math.min(...shown)
  const range = Math.max(...shown) - least
  return shown.map((value) => LEVELS[range === 0 ? 0 : Math.round(((value - least) / range) * (LEVELS.length - 1))] ?? '').join('')
}

/** A share, 0 to 1, as a bar that is precise to an eighth of a character. More than nothing is always seen. */
export function bar(share: number, width: number): string {
  const eighths = share <= 0 ? 0 : Math.max(1, Math.round(Math.min(1, share) * width * 8))
  return `${'█'.repeat(Math.floor(eighths / 8))}${EIGHTHS[eighths % 8] ?? ''}`.padEnd(width)
}
