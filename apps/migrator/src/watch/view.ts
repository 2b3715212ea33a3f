import { existsSync } from 'node:fs'
import { collectFacts } from '../metrics/collect.ts'
import type { Facts, SizeSample } from '../metrics/facts.ts'
import { workFolder } from '../pipeline/journal.ts'
import type { ReportDocument } from '../reports/document.ts'
import { listReports, reportsFolder } from '../reports/store.ts'
import type { Settings } from '../settings.ts'

/** What one frame of the watch shows. */
export interface View {
  readonly facts: Facts
  /** Sizes of before and since the watch began, the oldest first. */
  readonly sizes: readonly SizeSample[]
  /** The newest report of a deploy; null where there is none. */
  readonly deploy: ReportDocument | null
  /** A deploy works just now, or was killed. */
  readonly deploying: boolean
}

const KEPT = 2000
/** Of the newest reports, in which a deploy is looked for behind rehearsals. */
const REPORTS = 20

/** Looks again and again, and remembers the sizes that it has seen. */
export class Viewer {
  readonly #settings: Settings
  readonly #queryBudgetMs: number
  readonly #seen: SizeSample[] = []

  /** @param queryBudgetMs how long the common queries may take together in each look */
  constructor(settings: Settings, queryBudgetMs: number) {
    this.#settings = settings
    this.#queryBudgetMs = queryBudgetMs
  }

  look(now: Date): View {
    const facts = collectFacts(this.#settings, now, this.#queryBudgetMs)
    const { file, sizes } = facts
    if (file !== null) this.#seen.push({ at: now, bytes: file.bytes, walBytes: file.walBytes })
    if (this.#seen.length > KEPT) this.#seen.shift()
    const began = this.#seen[0]?.at ?? now
    return {
      facts,
      sizes: [...sizes.filter(({ at }) => at < began), ...this.#seen],
      deploy: lastDeploy(this.#settings.database),
      deploying: existsSync(workFolder(this.#settings)),
    }
  }
}

function lastDeploy(database: string): ReportDocument | null {
  try {
    const { reports } = listReports(reportsFolder(database), database, REPORTS)
    return reports.find(({ document }) => document.command === 'deploy')?.document ?? null
  } catch {
    return null
  }
}
