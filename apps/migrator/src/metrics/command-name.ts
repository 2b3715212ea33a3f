import type { Command } from 'commander'

/** The commands whose end may be worth an alert: those that tell something about the database, its backups or a release. */
const watched: ReadonlySet<string> = new Set(['deploy', 'rehearse', 'restore', 'archive', 'check', 'optimize', 'backup', 'backup verify', 'backup drill', 'backup prune', 'schedule run'])

/** Whether a command's end may be worth an alert. */
export function isWatched(name: string): boolean {
  return watched.has(name)
}

/** A command's name as it is typed, such as "backup verify". Commander knows it; options may stand between its words. */
export function commandName(command: Command): string {
  const { parent } = command
  return parent === null || parent.parent === null ? command.name() : `${commandName(parent)} ${command.name()}`
}
