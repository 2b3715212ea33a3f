import type { Catalog } from '../../structure/catalog.ts'
import { findLosses, type StructureLoss, undeclaredLosses } from '../../structure/losses.ts'
import { lineAbout, tableOf } from '../lookup.ts'
import type { Rule } from '../rule.ts'

/**
 * A rebuild (or a DROP) loses a CHECK, trigger, index, view, foreign key or UNIQUE.
 * What Prisma writes for a rebuild leaves out all that schema.prisma cannot say.
 */
export const lostStructure: Rule = {
  name: 'lost-structure',
  *check(subject) {
    const parts = findLosses(subject.before, subject.after).filter((loss) => loss.type !== 'table' && loss.type !== 'column')
    for (const loss of undeclaredLosses(parts, subject.declaration.dropped)) {
      const rebuild = subject.rebuilds.find((each) => each.table === loss.table.toLowerCase())
      if (rebuild === undefined && goesWithColumn(subject.before, subject.after, loss)) continue
      yield {
        severity: 'error',
        line: rebuild?.drop.line ?? lineAbout(subject, loss.table, loss.name),
        message: `${rebuild === undefined ? 'Not declared' : `The rebuild of ${loss.table} leaves something out`}: ${loss.text}. Put it back, or say in preserve.json under "dropped" why it may go.`,
        fix: restoring(subject.before, loss),
      }
    }
  },
}

/** A CHECK or foreign key that stood at a column goes with it; the column is enough to say. */
function goesWithColumn(before: Catalog, after: Catalog, loss: StructureLoss): boolean {
  const column = loss.name.slice(loss.table.length + 1)
  return column !== '' && tableOf(before, loss.table)?.parts.columns.has(column) === true && tableOf(after, loss.table)?.parts.columns.has(column) === false
}

function restoring(before: Catalog, loss: StructureLoss): string | undefined {
  const object = loss.type === 'index' ? before.indexes.get(loss.name) : loss.type === 'trigger' ? before.triggers.get(loss.name) : loss.type === 'view' ? before.views.get(loss.name) : undefined
  if (object !== undefined) return `${object.sql};`
  if (loss.type === 'check') return /CHECK \(.*\)(?= of )/s.exec(loss.text)?.[0]
  if (loss.type === 'unique') return `CREATE UNIQUE INDEX ${loss.table}_${loss.name.slice(loss.table.length + 1).replaceAll(', ', '_')}_key ON ${loss.table} (${loss.name.slice(loss.table.length + 1)});`
  const key = /^foreign key (.*?) -> (.*) on delete (.*) on update (.*) of /.exec(loss.text)
  return key === null ? undefined : `FOREIGN KEY (${key[1] ?? ''}) REFERENCES ${key[2] ?? ''} ON DELETE ${key[3]?.toUpperCase() ?? ''} ON UPDATE ${key[4]?.toUpperCase() ?? ''}`
}
