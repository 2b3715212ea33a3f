import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { formatFailedStatement, parseFailedStatement, shortenStatement } from '../src/failed-statement.ts'
import { splitStatements, tokenize } from '../src/sql/index.ts'

const HARD = `\uFEFF-- first; comment
CREATE TABLE "semi;colon" ( -- inner; comment
  id INTEGER PRIMARY KEY, /* block; 'quote */
  [odd ] col] TEXT DEFAULT 'it''s; fine', \`back;tick\` BLOB DEFAULT x'3B'
);;
 ; /* only a comment; */
CREATE TEMP TRIGGER t1 AFTER INSERT ON "semi;colon" BEGIN
  UPDATE "semi;colon" SET "odd " = CASE WHEN new.id > 1 THEN 'a;' ELSE 'b' END WHERE id = new.id;
  SELECT CASE 1 WHEN 1 THEN 2 END;
END;
explain query plan select 1; create view v as select 1 as x -- kept
;
INSERT INTO "semi;colon" (id) VALUES (1) -- no semicolon`.replace('[odd ] col]', '[odd ]')

test('the texts of the tokens make up the source', () => {
  for (const sql of [HARD, "'open", '"open', '[open', '/* open', '--', '/', '-', "x'", '\u00A0é;ü', '1.5e-3+.5 0xFFz ?1 @a :b $c', '']) {
    const tokens = tokenize(sql)
    expect(tokens.map((token) => token.text).join('')).toBe(sql)
    for (const token of tokens) {
      expect(sql.startsWith(token.text, token.offset)).toBe(true)
      expect(token.line).toBe(sql.slice(0, token.offset).split('\n').length)
    }
  }
})

test('kinds of tokens', () => {
  const kinds = (sql: string) => tokenize(sql).filter((token) => token.kind !== 'whitespace').map((token) => [token.kind, token.text])
  expect(kinds(`SELECT "a""b", [c d], 'x''y', x'00', 1e5, ?2, :n, a->>'k' -- c`)).toEqual([
    ['word', 'SELECT'],
    ['identifier', '"a""b"'],
    ['operator', ','],
    ['identifier', '[c d]'],
    ['operator', ','],
    ['string', "'x''y'"],
    ['operator', ','],
    ['string', "x'00'"],
    ['operator', ','],
    ['number', '1e5'],
    ['operator', ','],
    ['parameter', '?2'],
    ['operator', ','],
    ['parameter', ':n'],
    ['operator', ','],
    ['word', 'a'],
    ['operator', '->>'],
    ['string', "'k'"],
    ['comment', '-- c'],
  ])
  expect(tokenize('/*/ not closed')).toHaveLength(1)
  expect(tokenize('/**/;').map((token) => token.kind)).toEqual(['comment', 'semicolon'])
  expect(tokenize('--a\r\nb').map((token) => token.kind)).toEqual(['comment', 'whitespace', 'word'])
})

test('statements with their lines', () => {
  const statements = splitStatements(HARD)
  expect(statements.map(({ line, index }) => [index, line])).toEqual([
    [0, 2],
    [1, 7],
    [2, 11],
    [3, 11],
    [4, 13],
  ])
  expect(statements[1]?.sql).toMatch(/^CREATE TEMP TRIGGER[\s\S]*END$/)
  for (const { sql, offset } of statements) expect(HARD.startsWith(sql, offset)).toBe(true)
  expect(splitStatements('-- nothing\n; ;/* */')).toEqual([])
  expect(splitStatements('a\r\n;\r\nb').map(({ line }) => line)).toEqual([1, 3])
})

test('an END inside a trigger does not close it, one outside of a trigger is a statement', () => {
  const nested = 'CREATE TRIGGER t AFTER DELETE ON a BEGIN SELECT CASE WHEN 1 THEN CASE WHEN 2 THEN 3 END END; DELETE FROM b; END'
  expect(splitStatements(`${nested}; SELECT 1`).map(({ sql }) => sql)).toEqual([nested, 'SELECT 1'])
  expect(splitStatements('BEGIN; SELECT 1; END; SELECT 2')).toHaveLength(4)
  expect(splitStatements('CREATE TABLE "TRIGGER" (a); SELECT 1')).toHaveLength(2)
})

test('one by one makes the same database as all at once', () => {
  const content = (fill: (database: Database.Database) => void) => {
    const database = new Database(':memory:')
    fill(database)
    return [
      database.prepare('SELECT type, name, sql FROM sqlite_master').all(),
      database.prepare('SELECT type, name, sql FROM sqlite_temp_master').all(),
      database.prepare('SELECT * FROM "semi;colon"').all(),
    ]
  }
  const atOnce = content((database) => database.exec(HARD))
  const oneByOne = content((database) => splitStatements(HARD).forEach(({ sql }) => database.exec(sql)))
  expect(oneByOne).toEqual(atOnce)
})

test('the line that names a failed statement', () => {
  const failed = { statement: 3, line: 12, sql: 'ALTER TABLE "A" -- why\n  ADD /* what */ COLUMN "b]" TEXT' }
  const line = formatFailedStatement(failed)
  expect(line).toBe('[statement 3, line 12] ALTER TABLE "A" ADD COLUMN "b]" TEXT')
  const printed = `\u001B[31mError: P3018\n\nno such table: A\n${line}\u001B[39m\n\n`
  expect(parseFailedStatement(printed)).toEqual({ statement: 3, line: 12, sql: 'ALTER TABLE "A" ADD COLUMN "b]" TEXT' })
  expect(parseFailedStatement('All fine')).toBeUndefined()
  expect(shortenStatement(`SELECT '${'x'.repeat(500)}'`)).toHaveLength(200)
})
