import { foreignKeysOn } from '../foreign-keys.ts'
import type { Rule, Subject } from '../rule.ts'
import { type StatementOf, statementsOf } from '../statement.ts'

/**
 * DROP TABLE of a table that others refer to, with foreign keys on.
 * DROP TABLE deletes the rows first where foreign keys are on, and ON DELETE does its work in the children.
 */
export const cascadingDrop: Rule = {
  name: 'cascading-drop',
  *check(subject) {
    for (const drop of statementsOf(subject.statements, 'drop')) {
      const { on, ignoredInTransaction } = foreignKeysOn(subject, drop)
      const children = on && drop.action.type === 'table' ? childrenOf(subject, drop) : []
      if (children.length === 0) continue
      const off = ignoredInTransaction ? ' PRAGMA foreign_keys does nothing inside of a transaction.' : ''
      yield {
        severity: 'error',
        line: drop.line,
        message: `DROP TABLE ${drop.action.name} runs with foreign keys on: its rows are deleted first, and with that ${children.join(', ')}.${off}`,
        fix: `PRAGMA defer_foreign_keys=ON;\nPRAGMA foreign_keys=OFF;\n${drop.sql};\n-- … the rest of the rebuild\nPRAGMA foreign_keys=ON;\nPRAGMA defer_foreign_keys=OFF;`,
      }
    }
  },
}

const EFFECTS: Readonly<Record<string, string>> = {
  cascade: 'loses its rows',
  'set null': 'loses its references (they become NULL)',
  'set default': 'loses its references (they become the default)',
}

function childrenOf({ referencesAt }: Subject, drop: StatementOf<'drop'>): string[] {
  const { name } = drop.action
  const references = (referencesAt.get(drop) ?? []).filter((each) => each.parent === name && each.child.toLowerCase() !== name)
  return [...new Set(references.map(({ child, onDelete }) => `${child} ${EFFECTS[onDelete] ?? 'makes it fail'}`))]
}
