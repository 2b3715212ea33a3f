import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { failed } from '../errors.ts'
import type { Migration } from '../migrations/folder.ts'

const amount = z
  .union([z.int().min(0), z.literal('any')])
  .describe('At most so many rows, or "any".')

const tableDeclaration = z.strictObject({
  changed: z.array(z.string().min(1)).default([]).describe('Columns whose values may change.'),
  lost: amount.default(0).describe('Rows that may be missing afterwards.'),
  added: amount.default(0).describe('Rows that may be new afterwards.'),
  why: z.string().min(1).describe('The reason, for the one who reads the report.'),
})

const droppedDeclaration = z.strictObject({
  type: z
    .enum(['table', 'column', 'index', 'trigger', 'view', 'check', 'foreign_key', 'unique'])
    .describe('What kind of thing goes away.'),
  name: z
    .string()
    .min(1)
    .describe('Its name. column: TABLE.COLUMN. check, foreign_key, unique: TABLE, for all of the table, or TABLE.COLUMN.'),
  why: z.string().min(1).describe('The reason, for the one who reads the report.'),
})

const value = z.union([z.string(), z.number(), z.null()])

const query = z
  .strictObject({
    name: z.string().min(1).describe('What it shows, for the one who reads the report.'),
    sql: z.string().min(1).describe('One SELECT; the first column of its first row counts.'),
    before: value.optional().describe('The answer before the migration.'),
    after: value.optional().describe('The answer after the migration.'),
    same: z.literal(true).optional().describe('The answer is the same before and after, whatever it is.'),
  })
  .refine(({ before, after, same }) => before !== undefined || after !== undefined || same === true, 'give an expected answer: "before", "after" or "same": true')

const slowerDeclaration = z.strictObject({
  query: z.string().min(1).describe('The name of a common query (migrator optimize lists them).'),
  why: z.string().min(1).describe('The reason, for the one who reads the report.'),
})

/** What a migration may lose, add or change: `preserve.json` beside its `migration.sql`. */
export const preserveDeclaration = z
  .strictObject({
    $schema: z.string().optional(),
    tables: z.record(z.string().min(1), tableDeclaration).default({}).describe('By table; a table that is not named keeps every row and value.'),
    dropped: z.array(droppedDeclaration).default([]).describe('Parts of the structure that go away.'),
    queries: z.array(query).default([]).describe('Questions to the data and their answers, asked before and after the migration.'),
    forecast: z.record(z.string().min(1), z.union([z.int().min(0), z.string().min(1)])).default({}).describe('How many rows a table will have: a number, or a SELECT that is asked before the migration.'),
    slower: z.array(slowerDeclaration).default([]).describe('Common queries that may get worse.'),
  })
  .describe('What a migration may lose, add or change. Everything else is refused.')

export type PreserveDeclaration = z.output<typeof preserveDeclaration>
export type TableDeclaration = z.output<typeof tableDeclaration>
export type DeclaredQuery = z.output<typeof query>
export type DroppedDeclaration = z.output<typeof droppedDeclaration>

/** Nothing may change. */
export const keepEverything: PreserveDeclaration = { tables: {}, dropped: [], queries: [], forecast: {}, slower: [] }

/** The JSON Schema that is published as prisma/preserve.schema.json, for editors. */
export function preserveJsonSchema(): unknown {
  return z.toJSONSchema(preserveDeclaration, { io: 'input', target: 'draft-2020-12' })
}

/**
 * Reads a migration's declaration; without a file, nothing may change.
 *
 * @throws MigratorError PRESERVE_INVALID (exit 4) that names the place in the file
 */
export function readDeclaration(migration: Migration): PreserveDeclaration {
  const file = join(migration.folder, 'preserve.json')
  if (!existsSync(file)) return keepEverything
  let content: unknown
  try {
    content = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw invalid(file, [error instanceof Error ? error.message : String(error)])
  }
  const result = preserveDeclaration.safeParse(content)
  if (!result.success) throw invalid(file, result.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`))
  return result.data
}

/** What several migrations together may lose, add or change. */
export function mergeDeclarations(declarations: readonly PreserveDeclaration[]): PreserveDeclaration {
  const tables: Record<string, TableDeclaration> = {}
  for (const declaration of declarations) {
    for (const [name, table] of Object.entries(declaration.tables)) {
      const before = tables[name]
      tables[name] = before === undefined ? table : {
        changed: [...new Set([...before.changed, ...table.changed])],
        lost: addAmounts(before.lost, table.lost),
        added: addAmounts(before.added, table.added),
        why: `${before.why}; ${table.why}`,
      }
    }
  }
  return {
    tables,
    dropped: declarations.flatMap((declaration) => declaration.dropped),
    queries: declarations.flatMap((declaration) => declaration.queries),
    forecast: Object.assign({}, ...declarations.map((declaration) => declaration.forecast)) as PreserveDeclaration['forecast'],
    slower: declarations.flatMap((declaration) => declaration.slower),
  }
}

function addAmounts(a: number | 'any', b: number | 'any'): number | 'any' {
  return a === 'any' || b === 'any' ? 'any' : a + b
}

function invalid(file: string, problems: string[]): Error {
  return failed({
    code: 'PRESERVE_INVALID',
    what: `${file} is not a valid declaration.`,
    why: problems.join('; '),
    next: 'Mend the file (prisma/preserve.schema.json describes it) and deploy again.',
    details: problems,
  })
}
