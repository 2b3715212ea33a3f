import { z } from 'zod'

const date = z.iso.datetime().transform((text) => new Date(text))
const counts = z.object({ ok: z.number(), refused: z.number(), failed: z.number() })

const errorPart = z.object({ code: z.string(), what: z.string(), why: z.string(), next: z.string() })

/** A job of a schedule. */
const job = z.object({ job: z.string(), done: z.boolean(), ok: z.boolean(), error: errorPart.nullable() })

const runRecord = z.object({
  format: z.literal(1),
  command: z.string(),
  startedAt: date,
  endedAt: date,
  exitCode: z.number(),
  outcome: z.string(),
  error: errorPart.nullable(),
  /** Seconds by step, of the last run that took steps: one with nothing to do takes none. */
  steps: z.record(z.string(), z.number()),
  writersHeldSeconds: z.number(),
  rounds: z.number(),
  /** What happened to the rows; null where nobody compared them. */
  rows: z.object({ lost: z.number(), added: z.number(), changed: z.number(), quarantined: z.number() }).nullable(),
  /** Of a schedule; empty for other commands, and where another run was at it. */
  jobs: z.array(job).default([]),
  /** What the run found out about the file; null where it did not look. */
  integrity: z.boolean().nullable(),
  memoryPeakBytes: z.number(),
  lastSuccessAt: date.nullable(),
  /** Runs so far, by how they ended. */
  counts,
})

/** How the last run of a command ended. */
export type RunRecord = Readonly<z.output<typeof runRecord>>
export type JobRecord = RunRecord['jobs'][number]

/** What a command left, as far as monitoring understands it. Documents of other commands have less. */
const document = z.object({
  outcome: z.string().optional(),
  durationsMs: z.record(z.string(), z.number()).optional(),
  writersHeldMs: z.number().optional(),
  rounds: z.number().optional(),
  preservation: z.record(z.string(), z.object({ lost: z.number(), added: z.number(), changed: z.number(), quarantined: z.number() })).optional(),
  verified: z.boolean().optional(),
  ok: z.boolean().optional(),
  jobs: z.array(job).optional(),
  error: errorPart.nullish(),
})

/** A run that has just ended. */
export interface EndedRun {
  readonly command: string
  readonly startedAt: Date
  readonly endedAt: Date
  readonly exitCode: number
  /** The document that the command leaves for machines. */
  readonly json: unknown
  readonly memoryPeakBytes: number
}

/** Sums up a run, and goes on counting from the one before. */
export function recordRun(run: EndedRun, before: RunRecord | null): RunRecord {
  const parsed = document.safeParse(run.json)
  const found = parsed.success ? parsed.data : {}
  const ended = run.exitCode === 0 ? 'ok' : run.exitCode === 2 || run.exitCode === 3 ? 'refused' : 'failed'
  const counted = before?.counts ?? { ok: 0, refused: 0, failed: 0 }
  const steps = Object.fromEntries(Object.entries(found.durationsMs ?? {}).map(([step, ms]) => [step, ms / 1000]))
  const tables = Object.values(found.preservation ?? {})
  const sum = (kind: 'lost' | 'added' | 'changed' | 'quarantined'): number => tables.reduce((total, table) => total + table[kind], 0)
  return {
    format: 1,
    command: run.command,
    startedAt: run.startedAt,
    endedAt: run.endedAt,
    exitCode: run.exitCode,
    outcome: found.outcome ?? ended,
    error: found.error ?? null,
    steps: Object.keys(steps).length > 0 ? steps : (before?.steps ?? {}),
    writersHeldSeconds: (found.writersHeldMs ?? 0) / 1000,
    rounds: found.rounds ?? 0,
    rows: tables.length === 0 ? null : { lost: sum('lost'), added: sum('added'), changed: sum('changed'), quarantined: sum('quarantined') },
    jobs: found.jobs ?? [],
    integrity: integrityFrom(run, found),
    memoryPeakBytes: run.memoryPeakBytes,
    lastSuccessAt: run.exitCode === 0 ? run.endedAt : (before?.lastSuccessAt ?? null),
    counts: { ...counted, [ended]: counted[ended] + 1 },
  }
}

/** The errors that say that the file is damaged, or that its rows hang in the air. */
export const integrityErrors: ReadonlySet<string> = new Set(['DATABASE_CORRUPT', 'FOREIGN_KEYS_BROKEN', 'NOT_A_DATABASE'])

function integrityFrom({ command, exitCode }: EndedRun, { error, durationsMs, verified, ok }: z.output<typeof document>): boolean | null {
  if (error != null && integrityErrors.has(error.code)) return false
  if (command === 'check') return ok ?? null
  if (command === 'backup') return verified ?? null
  const looked = (command === 'deploy' || command === 'rehearse' || command === 'archive') && durationsMs?.integrity !== undefined
  return looked && (exitCode === 0 || durationsMs.migrate !== undefined) ? true : null
}

/** Reads what `JSON.stringify` made of a record; null where it is none. */
export function parseRecord(text: string): RunRecord | null {
  try {
    return runRecord.parse(JSON.parse(text))
  } catch {
    return null
  }
}
