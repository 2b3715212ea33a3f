import { messageOf } from '../errors.ts'
import type { DeployResult } from '../pipeline/result.ts'
import type { PipelineRun } from '../pipeline/run.ts'
import type { ReportDocument } from '../reports/document.ts'

/** Writes a run's report; one that cannot be written is a note, and changes nothing else. */
export async function reported(run: PipelineRun, result: DeployResult, command: ReportDocument['command'], beganAt: Date): Promise<DeployResult> {
  // Of a database that it has not looked at it has nothing to tell.
  if (run.state.preflight === undefined || run.state.upToDate === true) return result
  try {
    // Loaded here: a deploy with nothing to do never comes to it.
    const [{ reportDocument }, { renderReport }, { writeReport }] = await Promise.all([import('../pipeline/report-document.ts'), import('../reports/html/page.ts'), import('../reports/store.ts')])
    const document = reportDocument(run, result, command, beganAt)
    return { ...result, report: writeReport(document, renderReport(document)).path }
  } catch (error) {
    return { ...result, notes: [...result.notes, `the report could not be written: ${messageOf(error)}`] }
  }
}
