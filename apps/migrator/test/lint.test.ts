import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { addMigration, copyPrismaDir, repositoryRoot, type ScratchFolder, scratchFolder } from '@trivia/testkit'
import { expect, test } from 'vitest'
import { appliedMigrations } from '../src/lint/applied.ts'
import type { Finding } from '../src/lint/finding.ts'
import { lint } from '../src/lint/lint.ts'
import { rules } from '../src/lint/rules/index.ts'
import { main } from '../src/main.ts'
import { readMigrations } from '../src/migrations/folder.ts'
import { type Connection, openMemory } from '../src/sqlite/connection.ts'

const BASE = `
CREATE TABLE players (
    id INTEGER PRIMARY KEY,
    name TEXT CHECK (name <> ''),
    email TEXT,
    points INTEGER NOT NULL DEFAULT 0,
    made_at TIMESTAMP DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now'))
);
CREATE TABLE games (id INTEGER PRIMARY KEY, player_id INTEGER REFERENCES players (id) ON DELETE CASCADE);
CREATE INDEX games_player ON games (player_id);
CREATE INDEX players_best ON players (points) WHERE points > 100;
CREATE INDEX players_lower ON players (lower(name));
CREATE TRIGGER players_gone AFTER DELETE ON players BEGIN SELECT 1; END;
CREATE VIEW best AS SELECT id FROM players;
`

/** The rebuild of players as Prisma would write it, for another body and other columns. */
function rebuild(body: string, columns = 'id, name, email, points, made_at', values = columns): string {
  return `PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
DROP VIEW best;
CREATE TABLE "new_players" (${body});
INSERT INTO "new_players" (${columns}) SELECT ${values} FROM "players";
DROP TABLE "players";
ALTER TABLE "new_players" RENAME TO "players";
CREATE INDEX players_best ON players (points) WHERE points > 100;
CREATE INDEX players_lower ON players (lower(name));
CREATE TRIGGER players_gone AFTER DELETE ON players BEGIN SELECT 1; END;
CREATE VIEW best AS SELECT id FROM players;
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;`
}

const SAME = "id INTEGER PRIMARY KEY, name TEXT CHECK (name <> ''), email TEXT, points INTEGER NOT NULL DEFAULT 0, made_at TIMESTAMP DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now'))"
const NAME = '20300201000000_next'

interface Given {
  readonly preserve?: object
  /** Rows of the database; without it there is none. */
  readonly rows?: string
  readonly name?: string
}

function findingsOf(sql: string, { preserve, rows, name = NAME }: Given = {}): Finding[] {
  using folder = scratchFolder()
  addMigration(folder.path, '20300101000000_base', BASE)
  addMigration(folder.path, name, sql, preserve)
  const migrations = readMigrations(folder.path)
  const chosen = migrations.filter((migration) => migration.name === name)
  if (rows === undefined) return lint({ folder: migrations, chosen, ledger: null, connection: null })
  const connection = databaseWith(rows)
  try {
    return lint({ folder: migrations, chosen, ledger: { applied: new Set(['20300101000000_base']), edited: new Set() }, connection })
  } finally {
    connection.close()
  }
}

function databaseWith(rows: string): Connection {
  const connection = openMemory()
  connection.exec(BASE + rows)
  return connection
}

const brief = (findings: readonly Finding[]): string[] => findings.map(({ rule, severity, line }) => `${severity} ${rule} ${line}`)

const table = (name: string, declaration: object): object => ({ tables: { [name]: { ...declaration, why: 'test' } } })
const dropped = (type: string, name: string): object => ({ dropped: [{ type, name, why: 'test' }] })

test.for<[string, string, Given, string[]]>([
  ['a plain migration', 'CREATE TABLE cups (id INTEGER PRIMARY KEY);\nALTER TABLE players ADD COLUMN team TEXT;', {}, []],
  ['a dropped column', 'ALTER TABLE players DROP COLUMN email;', {}, ['error drop-table-or-column 1']],
  ['a dropped column that is declared', 'ALTER TABLE players DROP COLUMN email;', { preserve: dropped('column', 'players.email') }, ['warning drop-table-or-column 1']],
  ['a dropped table', '\nDROP TABLE games;', {}, ['error drop-table-or-column 2']],
  ['a table that is made again without its rows', 'DROP TABLE games;\nCREATE TABLE games (id INTEGER PRIMARY KEY, player_id INTEGER REFERENCES players (id) ON DELETE CASCADE);\nCREATE INDEX games_player ON games (player_id);', {}, ['error drop-table-or-column 1']],
  ['a column that is made again without its values', 'ALTER TABLE players DROP COLUMN email;\nALTER TABLE players ADD COLUMN email TEXT;', {}, ['error drop-table-or-column 1']],
  ['a renamed column', 'ALTER TABLE players RENAME COLUMN email TO mail;', {}, ['error rename-table-or-column 1']],
  ['a renamed table', 'ALTER TABLE games RENAME TO matches;', {}, ['error rename-table-or-column 1']],
  ['UPDATE without WHERE', "\nUPDATE players SET email = 'x';", {}, ['error undeclared-data-change 2', 'error update-or-delete-without-where 2']],
  ['a WHERE that is always true', 'DELETE FROM games WHERE 1 = 1;', { preserve: table('games', { lost: 3 }) }, ['error update-or-delete-without-where 1']],
  ['UPDATE of every row, declared', "UPDATE players SET email = 'x';", { preserve: table('players', { changed: ['email'] }) }, ['warning update-or-delete-without-where 1']],
  ['a new column that is filled', "ALTER TABLE players ADD COLUMN team TEXT;\nUPDATE players SET team = 'a' WHERE id < 5;", {}, []],
  ['rows that nobody declared', "DELETE FROM games WHERE id = 1;\nINSERT INTO games (id) VALUES (9);\nWITH x AS (SELECT 1) UPDATE players SET name = 'a' WHERE id IN x;", {}, ['error undeclared-data-change 1', 'error undeclared-data-change 2', 'error undeclared-data-change 3']],
  ['rows that go with others', 'DELETE FROM players WHERE id = 1;', { preserve: table('players', { lost: 1 }) }, ['warning undeclared-data-change 1']],
  ['transactions', 'BEGIN;\nCREATE TABLE a (x);\nCOMMIT;', {}, ['error transaction-control 1', 'error transaction-control 3']],
  ['PRAGMAs', 'PRAGMA journal_mode = WAL;\nPRAGMA foreign_keys=OFF;', {}, ['error pragma-in-migration 1', 'warning pragma-in-migration 2']],
  ['ATTACH', "ATTACH 'other.db' AS other;\nDETACH other;", {}, ['error attach-in-migration 1', 'error attach-in-migration 2']],
  ['DEFAULT CURRENT_TIMESTAMP', 'CREATE TABLE cups (\n  id INTEGER PRIMARY KEY,\n  won_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP\n);', {}, ['error default-current-timestamp 3']],
  ['a default that ADD COLUMN cannot compute', "ALTER TABLE players ADD COLUMN seen TEXT DEFAULT (strftime('%Y', 'now'));", {}, ['error changing-default-in-add-column 1']],
  ['NOT NULL without a default', 'ALTER TABLE players ADD COLUMN team TEXT NOT NULL;', {}, ['error not-null-without-default 1']],
  ['the same, and no rows', 'ALTER TABLE players ADD COLUMN team TEXT NOT NULL;', { rows: '' }, ['warning not-null-without-default 1']],
  ['the same, and rows', 'ALTER TABLE players ADD COLUMN team TEXT NOT NULL;', { rows: 'INSERT INTO players (id) VALUES (1);' }, ['error not-null-without-default 1']],
  ['NOT NULL with a default', "ALTER TABLE players ADD COLUMN team TEXT NOT NULL DEFAULT '';", {}, []],
  ['a foreign key without an index', 'CREATE TABLE cups (\n  id INTEGER PRIMARY KEY,\n  player_id INTEGER REFERENCES players (id)\n);', {}, ['warning foreign-key-without-index 3']],
  ['a foreign key with one', 'CREATE TABLE cups (player_id INTEGER REFERENCES players (id), n INTEGER, PRIMARY KEY (player_id, n));', {}, []],
  ['UNIQUE, nobody can look', 'CREATE UNIQUE INDEX players_email ON players (email);', {}, ['warning unique-over-duplicates 1']],
  ['UNIQUE over duplicates', 'CREATE UNIQUE INDEX players_email ON players (email);', { rows: "INSERT INTO players (email) VALUES ('a'), ('a'), (NULL), (NULL);" }, ['error unique-over-duplicates 1']],
  ['UNIQUE over none', 'CREATE UNIQUE INDEX players_email ON players (lower(email)) WHERE points > 5;', { rows: "INSERT INTO players (email) VALUES ('a'), ('a'), (NULL), (NULL);" }, []],
  ['UNIQUE over duplicates that are mended', 'UPDATE players SET email = NULL WHERE id = 2;\nCREATE UNIQUE INDEX players_email ON players (email);', { rows: "INSERT INTO players (email) VALUES ('a'), ('a');", preserve: table('players', { changed: ['email'] }) }, ['warning unique-over-duplicates 2']],
  ['UNIQUE over a new column', 'ALTER TABLE players ADD COLUMN team TEXT;\nCREATE UNIQUE INDEX players_team ON players (team);', {}, []],
  ['UNIQUE over what the database cannot say', "ALTER TABLE players ADD COLUMN team TEXT DEFAULT 'x';\nCREATE UNIQUE INDEX players_team ON players (lower(team));", { rows: '' }, ['warning unique-over-duplicates 2']],
  ['a statement that fails', 'CREATE TABLE a (x);\nINSERT INTO b VALUES (1);', {}, ['error fails-on-empty-database 2', 'error undeclared-data-change 2']],
  ['a dropped index', 'DROP INDEX players_lower;', {}, ['error lost-structure 1']],
  ['a dropped index that is declared', 'DROP INDEX players_lower;', { preserve: dropped('index', 'players_lower') }, []],
])('%s', ([, sql, given, expected]) => {
  expect(brief(findingsOf(sql, given)).sort()).toEqual(expected)
})

test('a rebuild that loses what schema.prisma cannot say', () => {
  const sql = rebuild("id INTEGER PRIMARY KEY, name TEXT, email TEXT, points INTEGER NOT NULL DEFAULT 5, made_at TIMESTAMP DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now'))").replaceAll(/^CREATE (?:INDEX|TRIGGER).*\n/gm, '')
  const findings = findingsOf(sql)
  expect(brief(findings)).toEqual(Array(4).fill('error lost-structure 6'))
  expect(findings.map((finding) => finding.fix)).toEqual([
    "CHECK (name <> '')",
    'CREATE INDEX players_best ON players (points) WHERE points > 100;',
    'CREATE INDEX players_lower ON players (lower(name));',
    'CREATE TRIGGER players_gone AFTER DELETE ON players BEGIN SELECT 1; END;',
  ])
  const declared = findingsOf(sql, { preserve: { dropped: [['check', 'players.name'], ['index', 'players_best'], ['index', 'players_lower'], ['trigger', 'players_gone']].map(([type, name]) => ({ type, name, why: 'test' })) } })
  expect(declared).toEqual([])
})

test('the mended SQL of a default keeps what else the column is', () => {
  const [finding] = findingsOf('CREATE TABLE cups (id INTEGER PRIMARY KEY, won_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP);')
  expect(finding?.fix).toBe("won_at DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now'))")
})

test.for<[string, string, string[]]>([
  ['nothing at all', rebuild(SAME), []],
  ['a column more', rebuild(`${SAME}, team TEXT NOT NULL DEFAULT 'none'`), ["ALTER TABLE players ADD COLUMN team TEXT NOT NULL DEFAULT 'none';"]],
  ['a column of another name', rebuild(SAME.replace('email', 'mail'), 'id, name, mail, points, made_at', 'id, name, email, points, made_at'), ['ALTER TABLE players RENAME COLUMN email TO mail;']],
  ['a column that becomes NOT NULL', rebuild(SAME.replace('email TEXT', 'email TEXT NOT NULL')), ['ALTER TABLE players ALTER COLUMN email SET NOT NULL;']],
  ['a CHECK more', rebuild(`${SAME}, CHECK (points < 1000)`), ['ALTER TABLE players ADD CHECK ( points < 1000 );']],
])('a rebuild for %s, with the ALTER that does it', ([, sql, fix]) => {
  const found = findingsOf(sql).filter((finding) => finding.rule === 'rebuild-where-alter-does')
  expect(found.map((finding) => finding.fix)).toEqual([fix[0] ?? null])
})

test('a rebuild that moves the old table away first takes the foreign keys along', () => {
  const sql = `PRAGMA foreign_keys=OFF;
ALTER TABLE games RENAME TO old_games;
CREATE TABLE games (id INTEGER PRIMARY KEY, player_id INTEGER DEFAULT 0 REFERENCES players (id) ON DELETE CASCADE);
INSERT INTO games SELECT * FROM old_games;
DROP TABLE old_games;
CREATE INDEX games_player ON games (player_id);
PRAGMA foreign_keys=ON;`
  expect(findingsOf(sql)).toEqual([])
  const parent = `PRAGMA foreign_keys=OFF; DROP VIEW best;\nALTER TABLE players RENAME TO old_players;\nCREATE TABLE players (${SAME.replace('DEFAULT 0', 'DEFAULT 5')});\nINSERT INTO players SELECT * FROM old_players;\nDROP TABLE old_players;`
  expect(findingsOf(parent).map((finding) => finding.message).join('\n')).toMatch(/foreign key player_id -> players/)
})

test('a rebuild for another default is the only way', () => {
  expect(findingsOf(rebuild(SAME.replace('DEFAULT 0', 'DEFAULT 5')))).toEqual([])
})

test('a rebuild with foreign keys on cascades, and so it does inside of a transaction', () => {
  const on = rebuild(SAME.replace('DEFAULT 0', 'DEFAULT 5')).replace('PRAGMA foreign_keys=OFF;', '')
  expect(brief(findingsOf(on))).toEqual(['error cascading-drop 6'])
  const inside = `BEGIN;\n${rebuild(SAME.replace('DEFAULT 0', 'DEFAULT 5'))}\nCOMMIT;`
  const [first, second] = findingsOf(inside)
  expect(brief(first === undefined || second === undefined ? [] : [first, second])).toEqual(['error transaction-control 1', 'error cascading-drop 7'])
  expect(second?.message).toMatch(/games loses its rows.*does nothing inside of a transaction/)
})

test('a rebuild that writes other values, or leaves rows out, says so', () => {
  const body = SAME.replace('DEFAULT 0', 'DEFAULT 5')
  const upper = rebuild(body, 'id, name, email, points, made_at', 'id, upper(name), email, points, made_at')
  expect(brief(findingsOf(upper))).toEqual(['error undeclared-data-change 5'])
  expect(findingsOf(upper, { preserve: table('players', { changed: ['name'] }) })).toEqual([])
  expect(brief(findingsOf(rebuild(body).replace('FROM "players"', 'FROM "players" WHERE points > 0')))).toEqual(['error undeclared-data-change 5'])
})

test('types: only what is lost counts, and only where it is lost', () => {
  const sql = rebuild(SAME.replace('email TEXT', 'email INTEGER'))
  expect(brief(findingsOf(sql))).toEqual(['error lossy-type-change 4'])
  expect(brief(findingsOf(sql, { rows: "INSERT INTO players (email) VALUES ('12'), ('a@b.c');" }))).toEqual([])
  const [lossy] = findingsOf(sql, { rows: "INSERT INTO players (email) VALUES ('007'), ('a@b.c');" })
  expect(lossy?.message).toMatch(/1 row here/)
  expect(findingsOf(rebuild(SAME.replace('points INTEGER', 'points BIGINT')))).toEqual([])
})

test('a column becomes NOT NULL over rows that hold NULL', () => {
  const sql = rebuild(SAME.replace('email TEXT', 'email TEXT NOT NULL').replace('DEFAULT 0', 'DEFAULT 5'))
  expect(brief(findingsOf(sql))).toEqual(['warning not-null-without-default 4'])
  expect(brief(findingsOf(sql, { rows: 'INSERT INTO players (id) VALUES (1);' }))).toEqual(['error not-null-without-default 4'])
  expect(findingsOf(sql, { rows: "INSERT INTO players (email) VALUES ('a');" })).toEqual([])
})

test('a rule is silenced with a reason: for a statement, or for the file', () => {
  const two = (first: string, second: string): string => `${first}\nUPDATE players SET email = 'a' WHERE id = 1;\n${second}\nDELETE FROM games WHERE id = 1;`
  expect(brief(findingsOf(two('', '-- lint-ignore undeclared-data-change: only in the test')))).toEqual(['error undeclared-data-change 2'])
  expect(findingsOf(two('-- lint-ignore undeclared-data-change: only in the test', ''))).toEqual([])
  expect(brief(findingsOf(two('', '-- lint-ignore undeclared-data-change')))).toEqual(['error undeclared-data-change 2', 'error lint-ignore 3', 'error undeclared-data-change 4'])
  expect(brief(findingsOf('-- lint-ignore no-such-rule: because\nCREATE TABLE a (x);'))).toEqual(['error lint-ignore 1'])
  expect(brief(findingsOf('CREATE TABLE a (x);\n-- lint-ignore attach-in-migration: because'))).toEqual(['warning lint-ignore 2'])
})

test('names: their form, their order, the version', () => {
  expect(brief(findingsOf('SELECT 1;', { name: 'zz_next' }))).toEqual(['error names-out-of-order 1'])
  expect(brief(findingsOf('SELECT 1;', { name: '20290101000000_before', rows: '' }))).toEqual(['error names-out-of-order 1'])
  using folder = scratchFolder()
  const prisma = copyPrismaDir(folder.file('prisma'))
  addMigration(prisma, NAME, '\nINSERT INTO schema_version (version) VALUES (30);')
  const migrations = readMigrations(prisma)
  const findings = lint({ folder: migrations, chosen: migrations.slice(-1), ledger: null, connection: null })
  expect(brief(findings)).toEqual(['warning names-out-of-order 2'])
  expect(findings[0]?.fix).toMatch(/VALUES \(\d+\);$/)
})

test('half of a migration, or none, is no reason to break down', () => {
  const whole = rebuild(SAME)
  const connection = databaseWith('')
  for (let end = 0; end <= whole.length; end += 37) {
    using folder = scratchFolder()
    addMigration(folder.path, NAME, whole.slice(0, end))
    const chosen = readMigrations(folder.path)
    expect(() => lint({ folder: chosen, chosen, ledger: null, connection })).not.toThrow()
  }
  connection.close()
})

test("the project's own migrations have no error", () => {
  const migrations = readMigrations(join(repositoryRoot, 'prisma'))
  expect(lint({ folder: migrations, chosen: migrations, ledger: null, connection: null }).filter((finding) => finding.severity === 'error')).toEqual([])
})

test('each rule has a page, and each page a rule', () => {
  const pages = readdirSync(join(repositoryRoot, 'docs', 'lint')).filter((name) => name !== 'README.md').map((name) => name.replace('.md', ''))
  expect(pages.sort()).toEqual([...rules.map((rule) => rule.name), 'invalid-preserve-json', 'lint-ignore'].sort())
  const index = readFileSync(join(repositoryRoot, 'docs', 'lint', 'README.md'), 'utf8')
  expect(pages.filter((page) => !index.includes(`(${page}.md)`))).toEqual([])
})

async function command(...args: string[]): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const written = { stdout: '', stderr: '' }
  const stream = (name: 'stdout' | 'stderr'): Writable => new Writable({ write: (chunk: Buffer, _encoding, done) => { written[name] += chunk.toString(); done() } })
  const terminal = { stdout: stream('stdout'), stderr: stream('stderr'), env: {}, cwd: () => repositoryRoot, once: () => process, off: () => process }
  const exitCode = await main(args, terminal as unknown as Parameters<typeof main>[1])
  return { exitCode, ...written }
}

/** A database that has the folder's first migration, as Prisma's ledger says. */
function applyFirst(folder: ScratchFolder): { database: string; prisma: string } {
  const prisma = folder.file('prisma')
  addMigration(prisma, '20300101000000_base', BASE)
  const [first] = readMigrations(prisma)
  const connection = databaseWith(`CREATE TABLE _prisma_migrations (id TEXT, migration_name TEXT, checksum TEXT, started_at, finished_at, rolled_back_at, logs);
    INSERT INTO _prisma_migrations VALUES ('1', '20300101000000_base', '${first?.checksum}', 1, 1, NULL, NULL); INSERT INTO players (email) VALUES ('a'), ('a');`)
  connection.exec(`VACUUM INTO '${folder.file('trivia.db')}'`)
  connection.close()
  return { database: folder.file('trivia.db'), prisma }
}

test('the command lints what is pending, reads only, and tells an edited file', async () => {
  using folder = scratchFolder()
  const { database, prisma } = applyFirst(folder)
  const options = ['--database', database, '--prisma-dir', prisma]
  expect(await command('lint', ...options, '--json')).toMatchObject({ exitCode: 0, stdout: '[]\n' })

  addMigration(prisma, NAME, 'CREATE UNIQUE INDEX players_email ON players (email);')
  const bytes = readFileSync(database)
  const run = await command('lint', ...options, '--json')
  expect(run.exitCode).toBe(3)
  expect(JSON.parse(run.stdout)).toEqual([{ rule: 'unique-over-duplicates', severity: 'error', migration: NAME, line: 1, message: expect.stringMatching(/1 value is there more than once/) as string, fix: 'SELECT email, count(*) FROM players WHERE email IS NOT NULL GROUP BY 1 HAVING count(*) > 1;' }])
  expect(readFileSync(database).equals(bytes)).toBe(true)
  expect(readdirSync(folder.path).sort()).toEqual(['prisma', 'trivia.db'])

  writeFileSync(join(prisma, 'migrations', '20300101000000_base', 'migration.sql'), `${BASE}-- later`)
  expect(brief(JSON.parse((await command('lint', ...options, '--json')).stdout) as Finding[])).toEqual(['error changed-applied-file 1', 'error unique-over-duplicates 1'])
})

test('names, annotations, texts', async () => {
  using folder = scratchFolder()
  const prisma = copyPrismaDir(folder.file('prisma'))
  addMigration(prisma, NAME, '-- 100%\nDROP TABLE user_preferences;')
  const options = ['--database', folder.file('none.db'), '--prisma-dir', prisma]
  expect(await command('lint', 'version_1_', 'no-such', ...options)).toMatchObject({ exitCode: 2 })
  expect(await command('lint', 'version_2', ...options)).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^✔ 1 migration: /) as string })
  const github = await command('lint', NAME, ...options, '--format', 'github')
  expect(github.exitCode).toBe(3)
  expect(github.stdout).toMatch(/^::error file=.*prisma\/migrations\/20300201000000_next\/migration.sql,line=2,title=drop-table-or-column::The table user_preferences goes away.*%0AInstead:%0A/)
  expect((await command('lint', NAME, ...options)).stdout).toMatch(/✖ 1 migration: 1 error\n\n20300201000000_next\/migration.sql\n {2}✖ line 2, drop-table-or-column/)
})

test('a database of the older system has what its version stands for', () => {
  const migrations = readMigrations(join(repositoryRoot, 'prisma'))
  const connection = openMemory()
  connection.exec(migrations[0]?.sql ?? '')
  expect([...appliedMigrations(connection, 'trivia.db', migrations)?.applied ?? []]).toEqual([migrations[0]?.name])
  connection.close()
})
