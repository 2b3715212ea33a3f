/** An error keeps a deploy from going on; a warning is only told. */
export type Severity = 'error' | 'warning'

/**
 * How a database stores its values. `legacy`: versions 1 and 2, times as text without a zone, the answer of a
 * multiple-choice question as index or text. `current`: from version 3.
 */
export type StorageEra = 'legacy' | 'current'

/** Something that must hold for every row of a table. */
export interface Rule {
  /** The rule's stable name, which is also its key in `validate --json`. */
  readonly name: string
  readonly table: string
  readonly severity: Severity
  /** SQL over the table's row `t`: true where the row breaks the rule. */
  readonly broken: string
  /** SQL over `t`: one sentence on what is wrong with this row. */
  readonly reason: string
  /** Another table that it looks into. */
  readonly parent?: string
  /** The column that has to name a row of `parent`. */
  readonly column?: string
  /** The eras in which it applies; both when missing. */
  readonly era?: StorageEra
}

/** Quotes a text for SQL. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
