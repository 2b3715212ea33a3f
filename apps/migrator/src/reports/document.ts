import { z } from 'zod'
import {
  account, backups, error, figuresBefore, forecast, lintFinding, queryPlan, sizes, smokeQueries, span, structure, versions, verification, waterfallStep, writersHeld,
} from './document-parts.ts'

/**
 * The schema of a report's JSON file. Keys that it does not know are left alone, so that a later migrator's reports
 * are read by this one; a part that is added later takes a default, so that this one's are read by a later.
 */
const reportDocument = z.object({
  format: z.literal(1),
  /** When the run began: ISO 8601, UTC. */
  time: z.iso.datetime(),
  command: z.enum(['deploy', 'rehearse', 'archive']),
  database: z.string(),
  outcome: z.enum(['deployed', 'rehearsed', 'archived', 'up-to-date', 'refused', 'failed']),
  exitCode: z.int(),
  error: error.nullable(),
  version: versions,
  adopted: z.boolean(),
  applied: z.array(z.string()),
  /** How long the whole run took, in milliseconds. */
  ms: z.number(),
  rounds: z.int(),
  /** The steps in the order in which they ran; a repeated round's again. */
  waterfall: z.array(waterfallStep),
  writersHeldMs: z.number(),
  /** When writers were held, relative to the run's beginning. */
  writersHeld: writersHeld.nullable(),
  tables: z.array(account),
  structure,
  plans: z.array(queryPlan),
  sizes,
  lint: z.array(lintFinding),
  figures: figuresBefore,
  forecasts: z.array(forecast).default([]),
  verifications: z.array(verification).default([]),
  backups,
  notes: z.array(z.string()),
  /** The guide's testing checklist, in its own words; null unless it is a rehearsal. */
  checklist: z.array(z.object({ text: z.string(), ok: z.boolean() })).nullable(),
  /** For how long answers of a running bot waited for the deploy at most; null where no bot has told. */
  quietPause: z.object({ ms: z.number() }).nullable().default(null),
  /** What running bots saw: how many processes, games in play, smoke queries on the new content; null where none has told. */
  bot: z.object({ processes: z.int(), games: z.int(), queries: smokeQueries }).nullable().default(null),
})

type Deep<T> = T extends readonly (infer E)[] ? readonly Deep<E>[] : T extends object ? { readonly [K in keyof T]: Deep<T[K]> } : T

/** All that is told of a deploy or rehearsal: what `reports/<time>.json` holds and the page shows. */
export type ReportDocument = Deep<z.output<typeof reportDocument>>

/** A step of the waterfall. */
export type WaterfallStep = Deep<z.output<typeof waterfallStep>>
/** A time from `startMs` on, inside of a run. */
export type Span = Deep<z.output<typeof span>>
/** What happened to a table. */
export type TableAccount = Deep<z.output<typeof account>>
/** What happened to the structure. */
export type StructureChanges = Deep<z.output<typeof structure>>
/** One of the bot's common queries, before and after. */
export type PlanChange = Deep<z.output<typeof queryPlan>>
/** Bytes and pages; null where there was nothing to measure. */
export type Sizes = Deep<z.output<typeof sizes>>

/**
 * Reads a report's JSON.
 *
 * @returns the document, or why it is none
 */
export function parseReport(text: string): { readonly document: ReportDocument } | { readonly why: string } {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    return { why: text === '' ? 'it is empty' : 'it is not JSON' }
  }
  const result = reportDocument.safeParse(content)
  if (result.success) return { document: result.data }
  const [issue] = result.error.issues
  return { why: `${issue?.path.join('.') || 'the document'}: ${issue?.message}` }
}
