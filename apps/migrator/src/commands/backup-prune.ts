import { assertCopyFolder } from '../backups/copy-folder.ts'
import { backupOptions } from '../backups/options.ts'
import { type ErrorReport, EXIT, MigratorError, reportOf } from '../errors.ts'
import type { Facts, Plan } from '../retention/decide.ts'
import { gatherFacts } from '../retention/facts.ts'
import { planPrune, prune } from '../retention/prune.ts'
import { planReports, pruneReports, type ReportsPlan } from '../retention/reports.ts'
import { copyRulesFrom, type RuleFlags, type Rules, rulesFrom } from '../retention/rules.ts'
import { countOf, indent, shortPath } from '../terminal/describe.ts'
import { renderTable } from '../terminal/output.ts'
import type { CommandInput, CommandResult } from './command.ts'
import { withLock } from './with-lock.ts'

export interface PruneFlags extends RuleFlags {
  readonly dryRun?: boolean | undefined
  /** The second folder. */
  readonly copyTo?: string | undefined
}

/**
 * `migrator backup prune`: removes the backups that no rule keeps, those of the second folder by its own rules, and old
 * reports.
 * Exit 5 when only the second folder could not be looked at.
 */
export async function backupPrune(input: CommandInput, flags: PruneFlags): Promise<CommandResult> {
  const { settings, cwd, now, terminal } = input
  const rules = rulesFrom(flags, terminal.env)
  const copyRules = copyRulesFrom(terminal.env)
  const { copyTo } = backupOptions({ copyTo: flags.copyTo }, terminal.env, cwd, settings.backupDir)
  const dryRun = flags.dryRun === true
  const problem = copyTo === null ? null : unavailable(copyTo)
  const work = (): { own: Plan; copies: Plan | null; reports: ReportsPlan } => {
    const facts = gatherFacts(settings, now())
    const apply: (folder: string, its: Rules, known: Facts) => Plan = dryRun ? planPrune : prune
    return {
      own: apply(settings.backupDir, rules, facts),
      copies: copyTo === null || problem !== null ? null : apply(copyTo, copyRules, facts),
      reports: (dryRun ? planReports : pruneReports)(settings.database, facts.now),
    }
  }
  // A deploy makes and removes backups, too: while one runs, nothing goes.
  const { own, copies, reports } = dryRun ? work() : await withLock(input, work)
  const exitCode = problem === null ? EXIT.ok : EXIT.manual
  return {
    exitCode,
    json: { exitCode, dryRun, backupDir: settings.backupDir, rules, ...describe(own), copies: copyTo === null || copies === null ? null : { folder: copyTo, rules: copyRules, ...describe(copies) }, reports, error: problem },
    text: [render(own, settings.backupDir, cwd, dryRun), ...(copyTo === null || copies === null ? [] : [render(copies, copyTo, cwd, dryRun)]), ...renderReports(reports, dryRun)].join('\n'),
    ...(problem === null ? {} : { error: problem }),
  }
}

function unavailable(folder: string): ErrorReport | null {
  try {
    assertCopyFolder(folder)
    return null
  } catch (error) {
    if (error instanceof MigratorError && error.exitCode === EXIT.manual) return reportOf(error)
    throw error
  }
}

/** A plan as paths, with the reasons by path. */
function describe(plan: Plan): { kept: string[]; deleted: string[]; why: Record<string, readonly string[]>; leftAlone: { path: string; why: string }[] } {
  return {
    kept: plan.keep.map(({ backup }) => backup.path),
    deleted: plan.delete.map(({ backup }) => backup.path),
    why: Object.fromEntries([...plan.keep, ...plan.delete].map(({ backup, because }) => [backup.path, because])),
    leftAlone: plan.leftAlone.map(({ backup, why }) => ({ path: backup.path, why })),
  }
}

function render(plan: Plan, folder: string, cwd: string, dryRun: boolean): string {
  const goes = dryRun ? 'would go' : 'removed'
  const rows = [
    ...plan.keep.map(({ backup, because }) => [backup.name, 'kept', because.join('; ')]),
    ...plan.delete.map(({ backup, because }) => [backup.name, goes, because.join('; ')]),
    ...plan.leftAlone.map(({ backup, why }) => [backup.name, 'left alone', why]),
  ].sort(([a = ''], [b = '']) => (timeOf(a) < timeOf(b) ? 1 : -1))
  const head = `✔ ${shortPath(folder, cwd)}: ${countOf(plan.keep.length, 'backup')} kept, ${plan.delete.length} ${goes}`
  return rows.length === 0 ? `${head}.` : `${head}\n${indent(renderTable(['name', '', 'why'], rows))}`
}

function renderReports({ kept, deleted }: ReportsPlan, dryRun: boolean): string[] {
  return deleted.length === 0 ? [] : [`✔ reports: ${kept} kept, ${countOf(deleted.length, 'file')} of older ones ${dryRun ? 'would go' : 'removed'}`]
}

function timeOf(name: string): string {
  return /\d{8}T\d{9}Z/.exec(name)?.[0] ?? ''
}
