import { adoptionDeclaration } from '../adoption/convert.ts'
import { keepEverything, mergeDeclarations } from '../preservation/declaration.ts'
import type { ReportDocument, TableAccount } from '../reports/document.ts'
import { checklistTexts } from './checklist.ts'
import type { Checklist } from './checklist.ts'
import type { DeployResult } from './result.ts'
import type { PipelineRun } from './run.ts'
import type { State } from './state.ts'

/** All that is told of a run, as its report keeps it. */
export function reportDocument(run: PipelineRun, result: DeployResult, command: ReportDocument['command'], beganAt: Date): ReportDocument {
  const { state, records, ms, evidence } = run
  const { findings } = state
  return {
    format: 1,
    time: beganAt.toISOString(),
    command,
    database: result.database,
    outcome: result.outcome,
    exitCode: result.exitCode,
    error: result.error,
    version: result.version,
    adopted: result.adopted,
    applied: result.applied.length > 0 ? result.applied : (state.candidate?.applied ?? []),
    ms,
    rounds: result.rounds,
    waterfall: records.toSorted((one, other) => one.startMs - other.startMs).map(({ failed, ...record }) => (failed ? { ...record, failed } : record)),
    writersHeldMs: result.writersHeldMs,
    writersHeld: heldSpan(run, result.writersHeldMs),
    tables: accounts(state),
    structure: evidence.structure,
    plans: (findings?.plans ?? []).map(({ name, sql, before, after, worse, beforeMs, afterMs }) => ({ name, sql, before, after, worse, beforeMs, afterMs })),
    sizes: evidence.sizes,
    lint: state.lint ?? [],
    figures: { before: result.figures.before, after: findings?.inspection.figures ?? null },
    forecasts: (findings?.expectations.forecasts ?? []).map(({ table, expected, actual, ok }) => ({ table, expected, actual, ok })),
    verifications: findings?.expectations.queries ?? [],
    backups: result.backups,
    notes: result.notes,
    checklist: result.checklist === null ? null : Object.entries(checklistTexts).map(([item, text]) => ({ text, ok: result.checklist?.[item as keyof Checklist] === true })),
    quietPause: null,
    bot: null,
  }
}

/** Writers wait while the new content is written; when they had to be held, from the last snapshot on. */
function heldSpan({ records }: PipelineRun, heldMs: number): { startMs: number; ms: number } | null {
  const publish = records.findLast((record) => record.step === 'publish')
  if (publish === undefined || heldMs === 0) return null
  return { startMs: Math.max(0, publish.startMs + publish.ms - heldMs), ms: heldMs }
}

function accounts({ findings, candidate }: Readonly<State>): TableAccount[] {
  const adopted = candidate?.adoption ? [adoptionDeclaration()] : []
  const declared = mergeDeclarations([...adopted, ...(candidate?.stages ?? []).flatMap(({ planned, declared = keepEverything }) => [...planned.map(({ declaration }) => declaration), declared])])
  return (findings?.preservation ?? []).map(({ table, before, after, lost, added, changed, quarantined, archived, gone, changedColumns }) => {
    const own = declared.tables[table]
    return { table, before, after, lost, added, changed, quarantined, archived, gone, changedColumns, declaration: own === undefined ? null : JSON.stringify(own) }
  })
}
