/** Whether anybody wants to know how a command ended. Without, monitoring loads nothing and leaves no trace. */
export function isMonitored(metricsFile: string | null, env: NodeJS.ProcessEnv): boolean {
  return metricsFile !== null || (env.ALERT_WEBHOOK_URL ?? '').trim() !== ''
}
