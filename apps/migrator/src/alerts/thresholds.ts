import type { Limits } from '../metrics/render.ts'

const HOUR = 3600
const DAY = 24 * HOUR

/** When alerts are due. */
export interface Thresholds extends Limits {
  /** An alert that has not changed is not repeated sooner. */
  readonly repeatSeconds: number
  /** How long a command waits for its alerts to be delivered, before it ends. */
  readonly waitSeconds: number
}

/** Thresholds, and what is wrong with the settings. */
export interface ReadThresholds {
  readonly thresholds: Thresholds
  readonly problems: readonly string[]
}

/**
 * Reads ALERT_DEPLOY_BUDGET_SECONDS and the others. A setting that is wrong is told, and its default holds: monitoring
 * never stops a deploy.
 */
export function readThresholds(env: NodeJS.ProcessEnv): ReadThresholds {
  const problems: string[] = []
  const read = <T>(name: string, unit: number, otherwise: T, least = Number.MIN_VALUE): number | T => {
    const text = env[name]?.trim()
    if (text === undefined || text === '') return otherwise
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
    if (value >= least && value < 1e9) return value * unit
    problems.push(`${name} is ${JSON.stringify(text)}, which is no number above 0.`)
    return otherwise
  }
  return {
    thresholds: {
      deployBudgetSeconds: read('ALERT_DEPLOY_BUDGET_SECONDS', 1, 300),
      backupMaxAgeSeconds: read('ALERT_BACKUP_MAX_AGE_HOURS', HOUR, 26 * HOUR),
      restoreMaxAgeSeconds: read('ALERT_RESTORE_MAX_AGE_DAYS', DAY, null),
      repeatSeconds: read('ALERT_REPEAT_MINUTES', 60, HOUR),
      waitSeconds: read('ALERT_WAIT_SECONDS', 1, 0, 0),
    },
    problems,
  }
}
