/** A value of the database. Whole numbers come as bigint: Discord ids do not fit into a JavaScript number. */
export type DataValue = string | bigint | number | Uint8Array | null

export type DataRow = Readonly<Record<string, DataValue>>

/** Which rows a data step goes through. */
export interface Batches {
  /** A table or view. */
  readonly from: string
  /** Its unique key, by which the rows are taken in order: a column that the step does not change. */
  readonly key: string
  /** What is needed of each row besides the key; all columns by default. */
  readonly columns?: readonly string[]
  /** SQL: which rows. It is asked again for each batch, so a step may change what it depends on. */
  readonly where?: string
  /** Rows of a batch; 1,000 by default. */
  readonly size?: number
}

/** What a data step works with: the candidate, at the version of its own migration. */
export interface DataStepContext {
  /** Runs a statement that changes rows. Returns how many. */
  run(sql: string, ...parameters: readonly DataValue[]): number
  /** The first row. */
  get(sql: string, ...parameters: readonly DataValue[]): DataRow | undefined
  /** All rows: for few. */
  all(sql: string, ...parameters: readonly DataValue[]): DataRow[]
  /**
   * Goes through the rows of a table batch by batch, each in a transaction of its own: memory does not grow with the
   * table. Returns how many rows there were.
   */
  batches(rows: Batches, work: (batch: readonly DataRow[]) => void): number
  /** Says what is being done. */
  progress(text: string): void
}

/**
 * The default export of a `data.ts` beside a `migration.sql`: what SQL alone cannot do to the rows. It runs after the
 * migration's SQL, on the copy that is proven before it is published; what it changes, preserve.json declares.
 */
export type DataStep = (step: DataStepContext) => void | Promise<void>
