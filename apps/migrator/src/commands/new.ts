import { join } from 'node:path'
import { authorMigration, type Authored, type AuthoringStep } from '../authoring/author.ts'
import { type ErrorReport, EXIT, type ExitCode } from '../errors.ts'
import { runPrisma } from '../prisma/cli.ts'
import { explain } from '../sqlite/explain.ts'
import { runTask } from '../tasks/run-task.ts'
import { countOf, indent, shortPath } from '../terminal/describe.ts'
import { paint } from '../terminal/output.ts'
import { lineProgress, silentProgress } from '../terminal/progress.ts'
import { renderFindings } from '../terminal/render-findings.ts'
import type { CommandInput, CommandResult } from './command.ts'

/** What `migrator new` takes besides the common options. */
export interface NewFlags {
  readonly empty?: boolean
  readonly why?: string
}

/**
 * `migrator new NAME`: makes a migration of what changed in schema.prisma, and tries it on copies. Exit 3 when lint
 * finds an error, 4 when a rehearsal fails; the files stay to be mended.
 */
export async function newMigration(input: CommandInput, name: readonly string[], flags: NewFlags): Promise<CommandResult> {
  const { settings, json, quiet, verbose, now, signal, terminal } = input
  const done = (step: AuthoringStep, summary: string): void => {
    if (!json && !quiet) terminal.stdout.write(`${paint(terminal.stdout, 'dim', step.padEnd(9))}  ${summary}\n`)
  }
  let authored: Authored
  try {
    const request = { name: name.join(' '), empty: flags.empty === true, why: flags.why?.trim() ?? '' }
    authored = await authorMigration(request, { settings, now, signal, events: verbose && !json ? lineProgress(terminal.stdout, true).events : silentProgress.events, runTask, runPrisma, done })
  } catch (error) {
    throw explain(error, settings.prismaDir)
  }
  const { exitCode, error } = judge(authored)
  const next = error === null ? nextSteps(authored, input) : [error.next]
  return {
    exitCode,
    json: { outcome: error === null ? 'written' : exitCode === EXIT.refused ? 'refused' : 'failed', exitCode, migration: authored.name, ...authored, next, error },
    text: render(authored, error === null ? next : [], input),
    ...(error === null ? {} : { error }),
  }
}

/** The ways to go on by hand, once the files are there. */
const AGAIN = 'pnpm db:structure, pnpm db:lint, pnpm --filter migrator rehearse'

function judge({ name, toExplain, findings, rehearsals }: Authored): { exitCode: ExitCode; error: ErrorReport | null } {
  const errors = findings.filter((finding) => finding.severity === 'error')
  const [first] = errors
  if (first !== undefined) {
    const why = toExplain.length > 0 ? `preserve.json has no reason yet for what goes away or changes: ${toExplain.join('; ')}.` : `migration.sql:${first.line}: ${first.message}`
    const mend = toExplain.length > 0 ? 'Write each "why" in its preserve.json, or undo the change' : 'Mend it as docs/lint says'
    return { exitCode: EXIT.refused, error: { code: 'LINT_ERRORS', what: `${name} is written, and lint finds ${countOf(errors.length, 'error')} in it.`, why, next: `${mend}; then ${AGAIN}.` } }
  }
  const failure = rehearsals.find((rehearsal) => rehearsal.error !== null)
  if (failure?.error == null) return { exitCode: EXIT.ok, error: null }
  const { error, of } = failure
  if (error.code === 'INTERRUPTED') return { exitCode: EXIT.refused, error: { ...error, what: `${name} is written, and its rehearsal was interrupted.`, next: `Try it: ${AGAIN}.` } }
  return {
    exitCode: EXIT.failed,
    error: { ...error, code: 'REHEARSAL_FAILED', what: `${name} is written, and a deploy of ${of} would not work. ${error.code}: ${error.what}`, next: `Mend the migration, or declare what is meant in its preserve.json; then ${AGAIN}.` },
  }
}

function nextSteps({ files, version, isEmpty }: Authored, { cwd, settings }: CommandInput): string[] {
  const paths = [...files, join(settings.prismaDir, 'schema.prisma')].map((file) => shortPath(file, cwd))
  return [
    isEmpty ? `Write into migration.sql what it does to rows, and into preserve.json what may change; then ${AGAIN}.` : 'Read migration.sql: what it does to rows is yours to know.',
    ...(isEmpty ? [] : ['pnpm build, for the Prisma client of the new schema.']),
    `Let the bot serve version ${version} (apps/bot/src/runtime/schema-range.ts), and try it: pnpm dev`,
    `git add ${paths.join(' ')}`,
  ]
}

function render({ name, version, findings, rehearsals }: Authored, next: readonly string[], { terminal, quiet }: CommandInput): string {
  const head = `${paint(terminal.stdout, 'green', '✔')} ${name}: version ${version}, tried on ${rehearsals.map((each) => each.of).join(' and on ')}.`
  const parts = [
    ...(findings.length > 0 && !quiet ? [renderFindings(findings, 1)] : []),
    ...(next.length > 0 ? [head, indent(next.map((step, at) => `${at + 1}. ${step}`).join('\n'))] : []),
  ]
  return parts.length === 0 ? '' : `\n${parts.join('\n\n')}`
}
