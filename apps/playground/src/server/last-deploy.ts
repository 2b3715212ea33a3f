import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { DeployRun } from '../shared/status.ts'
import { appliedMigrations, schemaVersion } from './data-overview.ts'
import { deployInSight } from './prepare.ts'

/** The last deploy that changed something stands beside the database, so that a later start still tells of it. */
const fileOf = (database: string): string => join(dirname(database), 'last-deploy.json')

export function lastDeploy(database: string): DeployRun | null {
  const file = fileOf(database)
  if (!existsSync(file) || !existsSync(database)) return null
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as DeployRun
  } catch {
    return null
  }
}

export function keepDeploy(database: string, run: DeployRun): void {
  if (run.report?.outcome !== 'up-to-date') writeFileSync(fileOf(database), JSON.stringify(run))
}

/** Deploys in the terminal, and keeps what came of it: there the migrator draws its own steps. */
export async function deployAtStart(database: string, prismaDir: string): Promise<void> {
  const [before, from, startedAt] = [appliedMigrations(database), schemaVersion(database), Date.now()]
  await deployInSight(database, prismaDir)
  const applied = appliedMigrations(database).filter((name) => !before.includes(name))
  if (applied.length === 0) return
  const report = { outcome: 'deployed', exitCode: 0, from, to: schemaVersion(database), applied, tables: [], rounds: 1, writersHeldMs: 0, notes: [], error: null }
  keepDeploy(database, { kind: 'deploy', startedAt, endedAt: Date.now(), steps: [], report, problem: null })
}
