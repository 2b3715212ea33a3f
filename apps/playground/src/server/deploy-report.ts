import { z } from 'zod'
import type { DeployReport } from '../shared/status.ts'

const count = z.number()
const schema = z.object({
  outcome: z.string(),
  exitCode: z.number(),
  version: z.object({ from: z.number().nullable(), to: z.number().nullable() }),
  applied: z.array(z.string()),
  preservation: z.record(z.string(), z.object({ before: count, after: count, lost: count, added: count, changed: count, quarantined: count })),
  rounds: z.number(),
  writersHeldMs: z.number(),
  notes: z.array(z.string()),
  error: z.object({ code: z.string(), what: z.string(), why: z.string(), next: z.string() }).nullable(),
})

/** Reads what `deploy --json` printed; null if that is no report. */
export function readReport(output: string): DeployReport | null {
  let json: unknown
  try {
    json = JSON.parse(output)
  } catch {
    return null
  }
  const parsed = schema.safeParse(json)
  if (!parsed.success) return null
  const { version, preservation, error, ...rest } = parsed.data
  return {
    ...rest, ...version,
    tables: Object.entries(preservation).map(([table, row]) => ({ table, ...row })),
    error: error === null ? null : { code: error.code, what: error.what, why: error.why, next: error.next },
  }
}
