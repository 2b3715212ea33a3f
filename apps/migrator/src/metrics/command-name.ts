/** The commands that are monitored: those that tell something about the database, its backups or a release. */
const monitored = ['deploy', 'rehearse', 'restore', 'archive', 'check', 'optimize', 'backup', 'backup verify', 'backup drill', 'backup prune', 'schedule run'] as const

/**
 * The command of a command line by its name, such as "backup verify"; null for one that is not monitored, and for
 * nonsense.
 */
export function monitoredCommand(args: readonly string[]): string | null {
  if (args.includes('--help')) return null
  const words = args.slice(0, 2)
  const [first, second] = words
  if (first === 'backup' && second === 'list') return null
  return monitored.find((name) => name === words.join(' ')) ?? monitored.find((name) => name === first) ?? null
}
