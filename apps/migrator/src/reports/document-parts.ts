import { z } from 'zod'

/** What people and machines are shown of an error; see errors.ts. */
export const error = z.object({
  code: z.string(),
  what: z.string(),
  why: z.string(),
  next: z.string(),
  details: z.array(z.string()).exactOptional(),
})

export const versions = z.object({ from: z.number().nullable(), to: z.number().nullable() })

/** Something that ran inside a step: a check in a thread of its own, a run of the Prisma CLI. */
export const span = z.object({ name: z.string(), startMs: z.number(), ms: z.number() })

export const waterfallStep = z.object({
  step: z.string(),
  round: z.int(),
  /** From the run's beginning. */
  startMs: z.number(),
  ms: z.number(),
  /** The step's line for people; of a failed one what went wrong. */
  summary: z.string(),
  failed: z.boolean().exactOptional(),
  /** They may overlap: that is how concurrency is seen. `startMs` is from the run's beginning, too. */
  spans: z.array(span).exactOptional(),
})

export const writersHeld = z.object({ startMs: z.number(), ms: z.number() })

export const account = z.object({
  table: z.string(),
  before: z.number(),
  after: z.number(),
  lost: z.number(),
  added: z.number(),
  changed: z.number(),
  quarantined: z.number(),
  /** Rows that are in the table's archive now; reports from before there were archives leave it out. */
  archived: z.number().exactOptional(),
  /** Whether the table itself is gone. */
  gone: z.boolean(),
  /** Rows with another value, by column. */
  changedColumns: z.record(z.string(), z.number()),
  /** What preserve.json says of the table, as text. */
  declaration: z.string().nullable(),
  /** The same by migration, where there were several comparisons. */
  byMigration: z.array(z.object({ migration: z.string(), lost: z.number(), added: z.number(), changed: z.number() })).exactOptional(),
})

const object = z.object({ type: z.string(), name: z.string() })

export const structure = z.object({
  added: z.array(object),
  removed: z.array(object),
  /** With its SQL on both sides. */
  changed: z.array(object.extend({ before: z.string(), after: z.string() })),
})

export const queryPlan = z.object({
  name: z.string(),
  sql: z.string(),
  /** The lines of EXPLAIN QUERY PLAN; null where the query's tables are not there. */
  before: z.array(z.string()).nullable(),
  after: z.array(z.string()).nullable(),
  /** Whether it goes through a whole table now and did not before. */
  worse: z.boolean(),
  beforeMs: z.number().nullable(),
  afterMs: z.number().nullable(),
})

export const sizes = z.object({
  databaseBefore: z.number().nullable(),
  databaseAfter: z.number().nullable(),
  preBackup: z.number().nullable(),
  postBackup: z.number().nullable(),
  /** Pages of the database, and how many of them hold nothing. */
  pagesBefore: z.number().nullable(),
  pagesAfter: z.number().nullable(),
  freePagesBefore: z.number().nullable(),
  freePagesAfter: z.number().nullable(),
})

/** As lint prints it; see lint/finding.ts. */
export const lintFinding = z.object({
  rule: z.string(),
  severity: z.enum(['error', 'warning']),
  migration: z.string(),
  line: z.int(),
  message: z.string(),
  fix: z.string().nullable(),
})

const figures = z.record(z.string(), z.number()).nullable()

/** The figures of `validate`. */
export const figuresBefore = z.object({ before: figures, after: figures })

/** What was said before about a table's rows after the migration, and what came. */
export const forecast = z.object({ table: z.string(), expected: z.number(), actual: z.number(), ok: z.boolean() })

/** A query of a migration's own, with the answer that it should have. */
export const verification = z.object({
  migration: z.string(),
  name: z.string(),
  when: z.enum(['before', 'after']),
  sql: z.string(),
  expected: z.string(),
  actual: z.string(),
  ok: z.boolean(),
})

export const backups = z.object({ pre: z.string().nullable(), post: z.string().nullable() })

/** The queries that a program asks most often, tried on the new content. */
export const smokeQueries = z.object({
  count: z.int(),
  ms: z.number(),
  slowest: z.object({ name: z.string(), ms: z.number() }).nullable(),
  failed: z.array(z.object({ name: z.string(), error: z.string() })),
})
