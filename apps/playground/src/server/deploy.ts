import { rmSync } from 'node:fs'
import type { DeployRun, DeployStep } from '../shared/status.ts'
import { type Child, startChild } from './child.ts'
import { readReport } from './deploy-report.ts'
import { keepDeploy, lastDeploy } from './last-deploy.ts'
import { eachLine, textOf } from './lines.ts'
import { programs } from './locations.ts'
import { preparePractice, undoPractice } from './practice.ts'

/** The migrator's steps, so that those to come can be drawn. */
const STEPS = ['lock', 'recover', 'preflight', 'snapshot', 'integrity', 'validate', 'migrate', 'verify', 'publish', 'backup', 'report']

const LINE = /^(?<mark>[…·✔✖]) (?<name>[a-z]+)\s+(?<text>.*)$/u

/** Runs deploys one at a time, and tells of each step as it happens. */
export class Deploys {
  readonly #database: string
  readonly #prismaDir: string
  readonly #changed: (run: DeployRun) => void
  #run: DeployRun | null = null
  #child: Child | null = null

  constructor({ database, prismaDir }: { database: string; prismaDir: string }, changed: (run: DeployRun) => void) {
    this.#database = database
    this.#prismaDir = prismaDir
    this.#run = lastDeploy(database)
    this.#changed = changed
  }

  get run(): DeployRun | null { return this.#run }
  get isRunning(): boolean { return this.#run !== null && this.#run.endedAt === null }

  /** @param kind a practice deploys a migration that is taken back afterwards, so that there is always one to look at */
  async start(kind: DeployRun['kind']): Promise<DeployRun> {
    if (this.isRunning) throw new Error('A deploy is running.')
    this.#set({ kind, startedAt: Date.now(), endedAt: null, report: null, problem: null, steps: STEPS.map((name) => ({ name, state: 'pending', text: '', since: null })) })
    try {
      const practice = kind === 'practice' ? preparePractice(this.#database, this.#prismaDir) : null
      await this.#deploy(['deploy', '--database', this.#database, '--prisma-dir', practice?.prisma ?? this.#prismaDir, ...(practice === null ? [] : ['--backup-dir', practice.backups]), '--json', '--verbose'])
      if (practice !== null) {
        undoPractice(this.#database)
        rmSync(practice.folder, { recursive: true, force: true })
      }
    } catch (error) {
      this.#change({ problem: error instanceof Error ? error.message : String(error) })
    }
    this.#change({ endedAt: Date.now(), steps: this.#steps().map((step) => (step.state === 'pending' ? { ...step, state: 'skipped' } : step)) })
    if (this.#run === null) throw new Error('The deploy is gone.')
    keepDeploy(this.#database, this.#run)
    return this.#run
  }

  async stop(): Promise<void> {
    await this.#child?.stop()
  }

  async #deploy(args: readonly string[]): Promise<void> {
    const child = startChild(programs.migrator, { args })
    this.#child = child
    const rest: string[] = []
    eachLine(child.stderr, (line) => {
      if (!this.#take(line)) rest.push(line)
    })
    const [output] = await Promise.all([textOf(child.stdout), child.ended])
    this.#child = null
    const report = readReport(output)
    this.#change(report === null ? { problem: rest.slice(-8).join('\n') || 'The migrator ended without a report.' } : { report })
  }

  /** @returns whether the line was about a step */
  #take(line: string): boolean {
    const { mark, name, text } = LINE.exec(line)?.groups ?? {}
    if (mark === undefined || name === undefined || text === undefined) return false
    const state = mark === '✔' ? 'done' : mark === '✖' ? 'failed' : 'running'
    const begins = mark === '…'
    const known = this.#steps().some((step) => step.name === name)
    const steps: readonly DeployStep[] = known ? this.#steps() : [...this.#steps(), { name, state, text, since: null }]
    this.#change({ steps: steps.map((step) => (step.name === name ? { ...step, state, text: begins && text === 'begins' ? '' : text, since: begins ? Date.now() : step.since } : step)) })
    return true
  }

  #steps(): readonly DeployStep[] {
    return this.#run?.steps ?? []
  }

  #change(change: Partial<DeployRun>): void {
    if (this.#run !== null) this.#set({ ...this.#run, ...change })
  }

  #set(run: DeployRun): void {
    this.#run = run
    this.#changed(run)
  }
}

