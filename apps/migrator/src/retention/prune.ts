import { listBackups, removeBackup, removeLeftovers } from '../backups/store.ts'
import { decide, type Facts, type Plan } from './decide.ts'
import type { Rules } from './rules.ts'

/** Looks which backups of a folder would go. */
export function planPrune(folder: string, rules: Rules, facts: Facts): Plan {
  return decide(listBackups(folder), rules, facts)
}

/**
 * Removes those that no rule keeps, the oldest first. Only under the deploy lock: a deploy makes and removes backups,
 * too.
 */
export function prune(folder: string, rules: Rules, facts: Facts): Plan {
  removeLeftovers(folder, facts.now)
  const plan = planPrune(folder, rules, facts)
  for (const { backup } of plan.delete.toReversed()) removeBackup(backup.path)
  return plan
}
