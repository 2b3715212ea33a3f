import { derivedTables } from '@trivia/database/derived'
import { isQuarantine } from '../structure/tables.ts'
import { archiveOf } from './archive-table.ts'
import type { TableComparison } from './compare.ts'
import type { PreserveDeclaration, TableDeclaration } from './declaration.ts'

/** Something that happened to the data and that nothing explains. */
export interface Violation {
  readonly table: string
  readonly text: string
}

const nothing: TableDeclaration = { changed: [], lost: 0, added: 0, why: '' }

/**
 * Holds what happened against what was declared. New tables are not looked at (they are not in the comparison);
 * schema_version and quarantine tables may gain rows, and an archive exactly those that left its table for it. Derived tables follow what was declared of their sources: whether
 * they are right is for the invariants to say.
 */
export function checkPreservation(comparisons: readonly TableComparison[], declaration: PreserveDeclaration): Violation[] {
  return comparisons.filter(({ table }) => !derivedTables.includes(table)).flatMap((comparison) => {
    const { table } = comparison
    const declared = declaration.tables[table] ?? nothing
    const violations: string[] = []
    const dropped = comparison.gone && isDropped(declaration, table)
    if (!dropped && exceeds(comparison.lost, declared.lost)) {
      violations.push(`${rows(comparison.lost)} lost, declared ${declared.lost}${examples(comparison.examples.lost)}`)
    }
    const arrived = comparisons.find((other) => archiveOf(other.table) === table)?.archived ?? 0
    if (comparison.added < arrived) {
      violations.push(`${rows(arrived)} should have come from the table that it is the archive of, and ${comparison.added} did`)
    }
    const added = comparison.added - arrived
    if (!mayGrow(table) && exceeds(added, declared.added)) {
      violations.push(`${rows(added)} added, declared ${declared.added}${examples(comparison.examples.added)}`)
    }
    const undeclared = Object.entries(comparison.changedColumns).filter(([column]) => !declared.changed.includes(column))
    for (const [column, changed] of undeclared) {
      violations.push(`${column} changed in ${rows(changed)}, which is not declared${examples(comparison.examples.changed)}`)
    }
    if (comparison.changed > 0 && Object.keys(comparison.changedColumns).length === 0) {
      violations.push(`the key was written in another way in ${rows(comparison.changed)}${examples(comparison.examples.changed)}`)
    }
    return violations.map((text) => ({ table, text: `${table}: ${text}` }))
  })
}

function isDropped(declaration: PreserveDeclaration, table: string): boolean {
  return declaration.dropped.some((dropped) => dropped.type === 'table' && dropped.name === table)
}

function mayGrow(table: string): boolean {
  return table === 'schema_version' || isQuarantine(table)
}

function exceeds(actual: number, declared: number | 'any'): boolean {
  return declared !== 'any' && actual > declared
}

function rows(count: number): string {
  return count === 1 ? '1 row' : `${count} rows`
}

function examples(keys: readonly string[]): string {
  return keys.length === 0 ? '' : ` (key ${keys.join('; ')}${keys.length >= 5 ? '; …' : ''})`
}
