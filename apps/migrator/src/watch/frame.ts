import { type Facts, integrityOf, newestBackup } from '../metrics/facts.ts'
import { outcomeWords, toneOf, versionChange } from '../reports/sentence.ts'
import { duration, moment, plural, signed, size } from '../reports/words.ts'
import { shortPath } from '../terminal/describe.ts'
import { bar, sparkline } from './graph.ts'
import { type Line, piece, plain } from './line.ts'
import { ago } from './ago.ts'
import type { View } from './view.ts'

const LABEL = 13
const BAR = 24
const GRAPH = 40
const QUERIES = 8

/** A frame of the watch, as lines that do not know yet how wide the terminal is. */
export function frame(view: View, cwd: string): Line[] {
  const { facts } = view
  return [
    ...head(view, cwd),
    plain(''),
    ...(facts.file === null ? [] : [...space(view), plain('')]),
    ...backups(facts),
    plain(''),
    ...lastDeploy(view),
    ...queries(facts),
  ]
}

function row(label: string, ...pieces: Line): Line {
  return [piece(label.padEnd(LABEL), 'dim'), ...pieces]
}

function head({ facts, deploying }: View, cwd: string): Line[] {
  const { at, database, exists, file, fileProblem, diskProblem, undeliveredAlerts } = facts
  const integrity = integrityOf(facts)
  const well = file !== null && integrity?.ok !== false
  const time = piece(`   ${moment(at.toISOString())}`, 'dim')
  if (!exists) return [[piece('✖ ', 'red'), piece(shortPath(database, cwd), 'bold'), piece(' does not exist yet'), time]]
  const version = file === null ? fileProblem ?? 'cannot be read' : `version ${file.schemaVersion ?? 'none'}${file.pending === null || file.pending === 0 ? '' : `, ${plural(file.pending, 'pending migration')}`}`
  const notes = [
    ...(deploying ? [plain('  a deploy is running, or was killed: the next one cleans up', 'yellow')] : []),
    ...(integrity === null ? [] : [plain(integrity.ok ? `  sound, checked ${ago(integrity.at, at)} ago` : `  DAMAGED, found ${ago(integrity.at, at)} ago`, integrity.ok ? 'dim' : 'red')]),
    ...(diskProblem === null ? [] : [plain(`  the next deploy does not fit on the disk. ${diskProblem.why}`, 'red')]),
    ...(undeliveredAlerts === 0 ? [] : [plain(`  ${plural(undeliveredAlerts, 'alert')} not delivered yet`, 'yellow')]),
  ]
  return [[piece(well ? '✔ ' : '✖ ', well ? 'green' : 'red'), piece(shortPath(database, cwd), 'bold'), piece(`   ${version}`), time], ...notes]
}

function space({ facts: { at, file, disks }, sizes }: View): Line[] {
  if (file === null) return []
  const unused = file.pages === 0 ? 0 : file.freePages / file.pages
  const [first] = sizes
  const growth = first === undefined || sizes.length < 2 ? '' : `${file.bytes === first.bytes ? 'unchanged' : `${file.bytes > first.bytes ? '+' : '−'}${size(Math.abs(file.bytes - first.bytes))}`} in ${ago(first.at, at)}`
  return [
    row('size', piece(size(file.bytes).padEnd(10)), piece(sparkline(sizes.map(({ bytes }) => bytes), GRAPH), 'cyan'), piece(`  ${growth}`, 'dim')),
    row('log (WAL)', piece(size(file.walBytes).padEnd(10)), piece(sparkline(sizes.map(({ walBytes }) => walBytes), GRAPH), 'cyan')),
    row('unused', piece(`${(unused * 100).toFixed(1)} %`.padEnd(10)), piece(bar(unused, BAR), unused > 0.25 ? 'yellow' : 'cyan'), piece(unused > 0.25 ? '  "migrator optimize --vacuum" gives it back' : '', 'dim')),
    ...disks.map(({ folder, freeBytes }, index) => row(index === 0 ? 'disk' : '', piece(`${size(freeBytes).padEnd(10)}free in ${folder}`))),
  ]
}

function backups(facts: Facts): Line[] {
  const { at, backups: list, verifiedAt, restoredAt } = facts
  const newest = newestBackup(facts)
  if (newest === null) return [row('backups', piece('none', 'red'))]
  return [
    row('backups', ...list.flatMap(({ type, number, createdAt }, index) => [piece(index === 0 ? '' : ', '), piece(`${type} ${ago(createdAt, at)}`), piece(number > 1 ? ` (${number})` : '', 'dim')])),
    row('', piece(`verified ${verifiedAt === null ? 'never' : `${ago(verifiedAt, at)} ago`}, restore tried ${restoredAt === null ? 'never' : `${ago(restoredAt, at)} ago`}`, 'dim')),
  ]
}

function lastDeploy({ facts: { at }, deploy }: View): Line[] {
  if (deploy === null) return []
  const { outcome, error, time, ms, writersHeldMs, waterfall, tables } = deploy
  const good = toneOf(deploy) === 'good'
  const longest = Math.max(1, ...waterfall.map((step) => step.ms))
  const sum = (kind: 'lost' | 'added' | 'changed'): number => tables.reduce((total, table) => total + table[kind], 0)
  return [
    row('last deploy', piece(outcomeWords[outcome].toLowerCase(), good ? 'green' : 'red'), piece(`${error === null ? '' : ` (${error.code})`}, ${ago(new Date(time), at)} ago, version ${versionChange(deploy)}, ${duration(ms)}, writers held ${duration(writersHeldMs)}`)),
    row('', piece(`rows ${signed(-sum('lost'))} lost, ${signed(sum('added'))} added, ${sum('changed')} changed`, 'dim')),
    ...waterfall.map((step) => row('', piece(step.step.padEnd(10)), piece(bar(step.ms / longest, BAR), step.failed === true ? 'red' : 'cyan'), piece(` ${duration(step.ms)}`, 'dim'))),
    plain(''),
  ]
}

/** The slowest of the common queries, in the order of their list: lines that change places are hard to read. */
function queries({ file }: Facts): Line[] {
  const all = file?.queries ?? []
  const slow = new Set([...all].sort((a, b) => b.seconds - a.seconds).slice(0, QUERIES))
  const shown = all.filter((query) => slow.has(query))
  const slowest = Math.max(1e-6, ...shown.map(({ seconds }) => seconds))
  const width = Math.max(0, ...shown.map(({ name }) => name.length))
  return shown.map(({ name, seconds }, index) => row(index === 0 ? 'slowest' : '', piece(name.padEnd(width + 2)), piece(bar(seconds / slowest, BAR / 2), seconds > 0.1 ? 'yellow' : 'cyan'), piece(` ${milliseconds(seconds)}`, 'dim')))
}

/** Queries are fast: two digits of what they take. */
function milliseconds(seconds: number): string {
  return seconds < 0.01 ? `${Number((seconds * 1000).toPrecision(2))} ms` : duration(seconds * 1000)
}
