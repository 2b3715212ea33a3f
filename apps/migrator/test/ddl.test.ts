import { expect, test } from 'vitest'
import { openMemory } from '../src/sqlite/connection.ts'
import { type Catalog, readCatalog } from '../src/structure/catalog.ts'
import { normalize, parseCreateTable } from '../src/structure/ddl.ts'
import { compareStructures } from '../src/structure/difference.ts'
import { findLosses } from '../src/structure/losses.ts'
import { statementsTouching } from '../src/preservation/blame.ts'

function catalogOf(...sql: string[]): Catalog {
  const connection = openMemory()
  for (const statement of sql) connection.exec(statement)
  const catalog = readCatalog(connection)
  connection.close()
  return catalog
}

test('ways of writing do not count, texts do', () => {
  expect(normalize('CREATE TABLE "Users" ( [id]  INTEGER , -- a comment\n `name` TEXT /* more */ )')).toBe(normalize('create table users(id integer,name text)'))
  expect(normalize("CHECK (a = 'X')")).not.toBe(normalize("CHECK (a = 'x')"))
})

test('a table is taken apart, commas in CHECKs and texts included', () => {
  const parts = parseCreateTable(`CREATE TABLE t (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('a,b', 'c)')), price NUMERIC(10, 2) DEFAULT (max(1, 2)),
    CONSTRAINT positive CHECK (price > 0), UNIQUE (kind, price)) STRICT`)
  expect([...parts.columns.keys()]).toEqual(['id', 'kind', 'price'])
  expect(parts.checks).toEqual([{ column: 'kind', condition: "kind in ( 'a,b' , 'c)' )" }, { column: null, condition: 'price > 0' }])
  expect(parts.constraints).toHaveLength(2)
  expect(parts.options).toBe('strict')
})

test('differences are named, and equal structures have none', () => {
  const a = catalogOf('CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)', 'CREATE INDEX i ON t (a)')
  const b = catalogOf('create table "t" ("id" integer primary key, a text)', 'CREATE INDEX i ON t(a)')
  expect(compareStructures(a, b)).toEqual([])
  const c = catalogOf('CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b TEXT)', 'CREATE INDEX i ON t (a) WHERE a > 1', 'CREATE VIEW v AS SELECT 1')
  expect(compareStructures(c, a).map(({ kind, type, name }) => `${kind} ${type} ${name}`)).toEqual(['changed table t', 'changed index i', 'extra view v'])
})

test('each kind of loss is found, and indexes go with their table', () => {
  const before = catalogOf(
    'CREATE TABLE p (id INTEGER PRIMARY KEY)',
    'CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT CHECK (a <> 1), b TEXT, p INTEGER REFERENCES p (id), UNIQUE (a, b))',
    'CREATE TABLE gone (id INTEGER PRIMARY KEY, x TEXT)',
    'CREATE INDEX gone_x ON gone (x)',
    'CREATE INDEX partial ON t (a) WHERE a > 1',
    'CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT CASE WHEN 1 THEN 2 END; END',
    'CREATE VIEW v AS SELECT * FROM p',
  )
  const after = catalogOf('CREATE TABLE p (id INTEGER PRIMARY KEY)', 'CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, p INTEGER)', 'CREATE INDEX partial ON t (a)')
  const losses = findLosses(before, after).map(({ type, name }) => `${type} ${name}`)
  expect(losses.sort()).toEqual(['check t.a', 'column t.b', 'foreign_key t.p', 'index partial', 'table gone', 'trigger tr', 'unique t.a, b', 'view v'])
})

test('a UNIQUE that becomes an index of its own is no loss', () => {
  const before = catalogOf('CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, UNIQUE (a))')
  const after = catalogOf('CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)', 'CREATE UNIQUE INDEX t_a_key ON t (a)')
  expect(findLosses(before, after)).toEqual([])
})

test('statements that touch a table are found with their lines', () => {
  const migration = { name: 'm', folder: '', file: '', checksum: '', checksumVariants: new Set<string>(), sql: "SELECT 1;\nUPDATE OR IGNORE \"users\" SET a = ';';\n\nDELETE FROM other;\nINSERT INTO new_users SELECT * FROM users;" }
  expect(statementsTouching('rows', [migration], ['users', 'new_users'])).toEqual([
    'm/migration.sql:2: UPDATE OR IGNORE "users" SET a = \';\'',
    'm/migration.sql:5: INSERT INTO new_users SELECT * FROM users',
  ])
})
