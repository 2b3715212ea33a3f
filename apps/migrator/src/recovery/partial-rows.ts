import { closeSync, openSync, rmSync } from 'node:fs'
import { ensureQuarantineTable, factColumns, quarantineTable } from '../quarantine/table.ts'
import { type Connection, quoteName, quoteText } from '../sqlite/connection.ts'
import { readBtreePage } from './btree-page.ts'
import type { PageFile } from './page-file.ts'
import type { Shape } from './shape.ts'
import type { Survey } from './survey.ts'

/** The rule under which rows stand aside of which only a part could be read. */
export const PARTIAL_RULE = 'partly_recovered'

/** What the connection keeps of the collected entries in memory, in KiB. */
const CACHE_KB = 32_000

/**
 * Lends the connection a database beside its own, in which index entries are collected: a table that has lost a third of
 * millions of rows has more of them than fit into memory. After an error it stays, in the folder that goes as a whole.
 */
export function withCollecting<T>(target: Connection, work: () => T): T {
  const file = `${target.name}.entries`
  closeSync(openSync(file, 'wx', 0o600))
  target.exec(`ATTACH ${quoteText(file)} AS entries`)
  for (const pragma of ['journal_mode = OFF', 'synchronous = OFF', `cache_size = -${CACHE_KB}`]) target.pragma(`entries.${pragma}`)
  const result = work()
  target.exec('DETACH entries')
  rmSync(file)
  return result
}

/**
 * Reads from a table's indexes what they know of rows that its own tree has lost. A row of which every column stands
 * in some index is whole again; others are set aside with what is known. Inside of withCollecting.
 */
export function readFromIndexes(file: PageFile, survey: Survey, target: Connection, now: string): { readonly whole: number; readonly partial: number } {
  const { shape, indexes } = survey
  if (shape.withoutRowid || indexes.length === 0) return { whole: 0, partial: 0 }
  // Without a type a value stays as it is. An index sets its flag where it knew a row.
  const flags = indexes.map((_, index) => `f${index}`)
  target.exec(`CREATE TABLE entries.found (row INTEGER PRIMARY KEY, ${[...flags.map((flag) => `${flag} INTEGER NOT NULL DEFAULT 0`), ...shape.columns.map((_, place) => `c${place}`)].join(', ')})`)
  collect(file, survey, target)
  const rows = completeRows(survey, flags, target, now)
  target.exec('DROP TABLE entries.found')
  return rows
}

function collect(file: PageFile, { shape, indexes }: Survey, target: Connection): void {
  const there = target.prepare(`SELECT 1 FROM main.${quoteName(shape.table)} WHERE rowid = ?`)
  for (const [index, { columns, pages }] of indexes.entries()) {
    const taken = [...placesOf(shape, columns)]
    const names = taken.map(([place]) => `c${place}`)
    const set = [`f${index} = 1`, ...names.map((name) => `${name} = excluded.${name}`)].join(', ')
    const keep = target.prepare(`INSERT INTO entries.found (row, f${index}${names.map((name) => `, ${name}`).join('')}) VALUES (?, 1${', ?'.repeat(names.length)}) ON CONFLICT (row) DO UPDATE SET ${set}`)
    for (const page of pages) {
      for (const { values } of readBtreePage(file, page)?.cells ?? []) {
        const rowid = values.at(-1)
        if (typeof rowid !== 'bigint' || values.length !== columns.length + 1 || there.get(rowid) !== undefined) continue
        keep.run(rowid, ...taken.map(([, position]) => values[position] ?? null))
      }
    }
  }
}

/** Which of the table's columns stand where in an index's entries. */
function placesOf({ columns }: Shape, indexed: readonly (string | null)[]): Map<number, number> {
  return new Map(columns.flatMap(({ name, generated }, place): [number, number][] => {
    const position = generated ? -1 : indexed.indexOf(name)
    return position === -1 ? [] : [[place, position]]
  }))
}

/** Rows that the same indexes knew have the same columns: each such group goes its way at once. */
function completeRows({ shape, indexes }: Survey, flags: readonly string[], target: Connection, now: string): { whole: number; partial: number } {
  const groups = target.prepare(`SELECT DISTINCT ${flags.join(', ')} FROM entries.found`).raw().all() as bigint[][]
  const alias = shape.columns.findIndex(({ name }) => name === shape.alias)
  const needed = shape.columns.flatMap(({ generated }, place) => (generated ? [] : [place]))
  const facts = factColumns(shape.columns.map(({ name }) => name))
  let [whole, partial] = [0, 0]
  for (const group of groups) {
    const places = new Set(indexes.flatMap(({ columns }, index) => (group[index] === 1n ? [...placesOf(shape, columns).keys()] : [])))
    if (alias !== -1) places.add(alias)
    const known = needed.filter((place) => places.has(place))
    const names = known.map((place) => shape.columns[place]?.name ?? '')
    const values = known.map((place) => (place === alias ? 'row' : `c${place}`))
    const from = `FROM entries.found WHERE ${flags.map((flag, index) => `${flag} = ${group[index]}`).join(' AND ')}`
    if (known.length === needed.length) {
      whole += target.prepare(`INSERT OR IGNORE INTO main.${quoteName(shape.table)} (${names.map(quoteName).join(', ')}) SELECT ${values.join(', ')} ${from}`).run().changes
      continue
    }
    ensureQuarantineTable(target, shape.table)
    const said = [PARTIAL_RULE, `only its index entries could be read: ${names.join(', ')}`, now]
    partial += target.prepare(`INSERT INTO main.${quoteName(quarantineTable(shape.table))} (${[...names.map(quoteName), facts.rule, facts.reason, facts.quarantined_at].join(', ')})
      SELECT ${[...values, '?', '?', '?'].join(', ')} ${from}`).run(...said).changes
  }
  return { whole, partial }
}
