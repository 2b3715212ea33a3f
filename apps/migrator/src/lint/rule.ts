import type { Migration } from '../migrations/folder.ts'
import type { PreserveDeclaration } from '../preservation/declaration.ts'
import type { Data } from './data.ts'
import type { Draft } from './finding.ts'
import type { Rebuild } from './rebuild.ts'
import type { Replayed } from './replay.ts'
import type { LintStatement } from './statement.ts'

/** What a database's ledger says of the folder's migrations, by name. */
export interface AppliedMigrations {
  readonly applied: ReadonlySet<string>
  /** Those among them whose file is another one now. */
  readonly edited: ReadonlySet<string>
}

/** A migration as the rules see it. */
export interface Subject extends Replayed {
  readonly migration: Migration
  readonly declaration: PreserveDeclaration
  readonly statements: readonly LintStatement[]
  readonly rebuilds: readonly Rebuild[]
  /** All migrations of the folder, in their order. */
  readonly folder: readonly Migration[]
  /** What the database's ledger says; null without a database. */
  readonly ledger: AppliedMigrations | null
  /** The rows that the migration will meet; null where no database is at hand that lacks it. */
  readonly data: Data | null
}

/** One thing that can be wrong with a migration; docs/lint has a page on it. */
export interface Rule {
  /** Its name in findings, in silencing comments, and of its page. */
  readonly name: string
  /** A comment does not silence it: the deploy would refuse in any case. */
  readonly always?: true
  readonly check: (subject: Subject) => Iterable<Draft>
}
