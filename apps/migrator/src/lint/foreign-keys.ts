import type { Catalog } from '../structure/catalog.ts'
import type { Subject } from './rule.ts'
import type { LintStatement } from './statement.ts'

/** Whether foreign keys are enforced when a statement runs: Prisma's connection begins with them on. */
export function foreignKeysOn({ statements }: Subject, at: LintStatement): { on: boolean; ignoredInTransaction: boolean } {
  let on = true
  let ignoredInTransaction = false
  let depth = 0
  for (const { action } of statements.slice(0, statements.indexOf(at))) {
    if (action.kind === 'transaction') depth = action.verb === 'begin' || action.verb === 'savepoint' ? depth + 1 : 0
    if (action.kind !== 'pragma' || action.name !== 'foreign_keys' || action.value === null) continue
    // SQLite ignores this PRAGMA inside of a transaction, without a word.
    if (depth > 0) ignoredInTransaction = true
    else on = ['on', '1', 'true', 'yes'].includes(action.value)
  }
  return { on, ignoredInTransaction }
}

/** The tables whose rows go, or lose their reference, with deleted rows of a table. */
export function cascadesTo(catalog: Catalog, parent: string): string[] {
  const refers = (key: string): boolean => {
    const to = key.slice(key.indexOf(' -> ') + 4).toLowerCase()
    return to.startsWith(`${parent.toLowerCase()} (`) && / on delete (?:cascade|set null|set default) /.test(to)
  }
  return [...catalog.tables.values()].filter((table) => table.name.toLowerCase() !== parent.toLowerCase() && table.foreignKeys.some(refers)).map((table) => table.name)
}
