import { join } from 'node:path'
import type { Adoption } from '../adoption/prepare.ts'
import { compact, copySnapshot, finish, type Finished, prepareOrRefuse } from '../pipeline/candidate.ts'
import { migrateInStages } from '../pipeline/prisma-stages.ts'
import { need, type State } from '../pipeline/state.ts'
import type { Step } from '../pipeline/steps.ts'
import { withDatabase } from '../sqlite/connection.ts'
import { type Catalog, readCatalog } from '../structure/catalog.ts'
import { findLosses, type StructureLoss } from '../structure/losses.ts'

/**
 * Makes the candidate: a copy of the snapshot, brought to the newest version by `prisma migrate deploy`.
 * A database of the older system is adopted first. A failure leaves nothing but a file to throw away.
 */
export const migrate: Step = {
  name: 'migrate',
  run: async (context, state) => {
    const found = need(state as State, 'preflight')
    const { path: snapshot } = need(state as State, 'snapshot')
    const path = join(need(state as State, 'workDir'), `candidate-${state.round}-${process.pid}.db`)
    copySnapshot(snapshot, path)
    const target = { database: path, prismaDir: context.settings.prismaDir, signal: context.signal }

    const prepared = prepareOrRefuse(path, found, context)
    const stages = await migrateInStages(path, snapshot, found, context, target)
    const finished = finish(path, found, prepared.extras)
    context.events.progress('migrate', 'statistics')
    compact(path, found)

    const applied = found.pending.map((migration) => migration.name)
    const { adoption, quarantined } = prepared
    return {
      candidate: { path, applied, stages, adoption, quarantined, ...finished },
      remarks: remarksOf(adoption, quarantined, finished, found.origin === 'legacy' ? lostRules(snapshot, path) : []),
      summary: `${applied.length} ${applied.length === 1 ? 'migration' : 'migrations'} applied to a copy`,
    }
  },
}

/** CHECKs and the like that somebody had added to a database of the older system, and that its adoption cannot keep. */
function lostRules(snapshot: string | null, candidate: string): StructureLoss[] {
  if (snapshot === null) return []
  const read = (path: string): Catalog => withDatabase(path, { readonly: true }, readCatalog)
  return findLosses(read(snapshot), read(candidate)).filter((loss) => loss.type === 'check' || loss.type === 'foreign_key' || loss.type === 'unique')
}

function remarksOf(adoption: Adoption | null, quarantined: Readonly<Record<string, number>>, finished: Finished, lost: readonly StructureLoss[]): string[] {
  const remarks: string[] = []
  if (adoption !== null) {
    const { conversion } = adoption
    remarks.push(`adopted a database of the older system, version ${adoption.fromVersion}`)
    if (conversion.answers > 0) remarks.push(`${conversion.answers} answers given as an option's number became its text`)
    if (conversion.times > 0) remarks.push(`${conversion.times} times became UTC`)
    if (conversion.ambiguousTimes > 0) remarks.push(`${conversion.ambiguousTimes} local times occur twice because of a change of clocks: the earlier one was taken`)
    if (conversion.skippedTimes > 0) remarks.push(`${conversion.skippedTimes} local times do not exist because of a change of clocks: they were moved on by it`)
    if (conversion.clampedTimes > 0) remarks.push(`${conversion.clampedTimes} times stand for the end of all years and stay there`)
    if (conversion.dates > 0) remarks.push(`${conversion.dates} days lost a time of day`)
    remarks.push(...adoption.completed.map((text) => `completed: ${text}`))
  }
  for (const [table, rows] of Object.entries(quarantined)) remarks.push(`${rows} rows of ${table} are in quarantine_${table} now`)
  remarks.push(...lost.map((loss) => `left out: ${loss.text}: the migrations know only their own`))
  if (finished.completedIndexes.length > 0) remarks.push(`completed indexes: ${finished.completedIndexes.join(', ')}`)
  if (finished.extras.kept.length > 0) remarks.push(`kept, though no migration knows them: ${finished.extras.kept.join(', ')}`)
  for (const left of finished.extras.leftOut) remarks.push(`left out: ${left.type} ${left.name}, because ${left.why}`)
  return remarks
}
