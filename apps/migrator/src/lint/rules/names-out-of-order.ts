import { declaredVersion } from '../../migrations/folder.ts'
import type { Draft } from '../finding.ts'
import type { Rule, Subject } from '../rule.ts'
import { lineOfName, statementsOf } from '../statement.ts'

const NAME = /^\d{14}_\w+$/

/**
 * A name without its time, before one that is applied already, or with a version that is not the next.
 * Prisma applies migrations in the order of their names, whenever they came.
 */
export const namesOutOfOrder: Rule = {
  name: 'names-out-of-order',
  *check(subject) {
    const { migration, folder, ledger } = subject
    const { name } = migration
    if (!NAME.test(name)) yield { severity: 'error', line: 1, message: `${name} does not begin with its time, such as 20300131120000_what: its place among the others is by chance.` }
    const later = [...ledger?.applied ?? []].filter((applied) => applied > name).sort().at(0)
    if (later !== undefined && ledger?.applied.has(name) === false) {
      yield { severity: 'error', line: 1, message: `${name} comes before ${later}, which the database has already: a new database would get them in another order than this one. Give it a later time.` }
    }
    const twin = folder.find((other) => other.name !== name && other.name.slice(0, 14) === name.slice(0, 14) && other.name < name)
    if (twin !== undefined && NAME.test(name)) yield { severity: 'warning', line: 1, message: `${name} has the same time as ${twin.name}: the order of the two is that of their letters.` }
    yield* versionOutOfOrder(subject)
  },
}

function* versionOutOfOrder({ migration, folder, statements }: Subject): Generator<Draft> {
  const own = declaredVersion([migration])
  const before = declaredVersion(folder.slice(0, folder.findIndex((each) => each.name === migration.name)))
  const insert = statementsOf(statements, 'insert').find(({ action }) => action.table === 'schema_version')
  if (own === null || before === null || insert === undefined || own === before + 1) return
  yield {
    severity: own <= before ? 'error' : 'warning',
    line: lineOfName(insert, String(own)),
    message: `It says version ${own}, and the migrations before it lead to ${before}.`,
    fix: `INSERT INTO schema_version (version) VALUES (${before + 1});`,
  }
}
