import { messageOf, MigratorError } from '../errors.ts'
import type { PipelineEvents } from '../pipeline/context.ts'
import { type Pipeline, type StepName, stepsOf } from '../pipeline/steps.ts'
import { paint, renderDuration, type Terminal } from './output.ts'

/** Where a command's progress goes; `end` is called when the pipeline is over. */
export interface Progress {
  readonly events: PipelineEvents
  end(): Promise<void>
}

/** Says nothing. */
export const silentProgress: Progress = {
  events: { stepStarted: () => {}, progress: () => {}, stepEnded: () => {}, stepFailed: () => {} },
  end: () => Promise.resolve(),
}

/** One line for each step that ended, for logs and pipes. */
export function lineProgress(stream: NodeJS.WriteStream, verbose: boolean): Progress {
  const line = (mark: string, step: StepName, text: string): void => void stream.write(`${mark} ${step.padEnd(9)}  ${text}\n`)
  return {
    events: {
      stepStarted: (step, round) => {
        if (verbose) line('…', step, round > 1 ? `round ${round}` : 'begins')
      },
      progress: (step, text) => {
        if (verbose) line('·', step, text)
      },
      stepEnded: (step, { summary, ms }) => line('✔', step, `${summary} (${renderDuration(ms)})`),
      stepFailed: (step, error) => line('✖', step, error instanceof MigratorError ? error.what : messageOf(error)),
    },
    end: () => Promise.resolve(),
  }
}

interface Waiting {
  readonly resolve: (end: { summary: string; ms: number } | 'skipped') => void
  readonly reject: (error: unknown) => void
  readonly promise: Promise<{ summary: string; ms: number } | 'skipped'>
  show: (text: string) => void
}

/** A live task list on a terminal. When a round is repeated, its steps are shown below the publish. */
export async function taskListProgress(pipeline: Pipeline, terminal: Terminal): Promise<Progress> {
  const { Listr } = await import('listr2')
  const steps = stepsOf(pipeline)
  const waiting = new Map<StepName, Waiting>(steps.map((step) => [step.name, newWaiting()]))
  const done = new Set<StepName>()
  const list = new Listr(
    steps.map((step) => ({
      title: step.name,
      task: async (_: unknown, task: { title: string; output: string; skip: (message: string) => void }): Promise<void> => {
        const own = waiting.get(step.name)
        if (own === undefined) return
        own.show = (text) => (task.output = text)
        const end = await own.promise
        if (end === 'skipped') task.skip(`${step.name} ${paint(terminal.stdout, 'dim', 'nothing to do')}`)
        else task.title = `${step.name.padEnd(9)}  ${end.summary} ${paint(terminal.stdout, 'dim', renderDuration(end.ms))}`
      },
    })),
    { concurrent: false, exitOnError: true, renderer: 'default', rendererOptions: { collapseErrors: false, showErrorMessage: false } },
  )
  const finished = list.run().catch(() => {})
  let round = 1
  const show = (step: StepName, text: string): void => {
    // A step that began before its turn is seen at the one whose turn it is; one of a later round at the publish.
    const turn = steps.find(({ name }) => !done.has(name))?.name ?? step
    const at = done.has(step) ? 'publish' : turn
    waiting.get(at)?.show(`${round > 1 ? `round ${round}: ` : ''}${at === step ? '' : `${step}: `}${text}`)
  }
  return {
    events: {
      stepStarted: (step, now) => {
        round = now
        if (round > 1) waiting.get('publish')?.show(`round ${round}: ${step}`)
      },
      progress: (step, text) => show(step, text),
      stepEnded: (step, end) => {
        if (step === 'publish' && end.summary.includes('again')) waiting.get(step)?.show(end.summary)
        else if (!done.has(step)) {
          done.add(step)
          waiting.get(step)?.resolve(end)
        }
      },
      stepFailed: (step, error) => waiting.get(done.has(step) ? 'publish' : step)?.reject(error),
    },
    end: async () => {
      for (const [, own] of waiting) own.resolve('skipped')
      await finished
    },
  }
}

function newWaiting(): Waiting {
  const { promise, resolve, reject } = Promise.withResolvers<{ summary: string; ms: number } | 'skipped'>()
  promise.catch(() => {})
  return { promise, resolve, reject, show: () => {} }
}
