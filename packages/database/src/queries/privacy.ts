import type { Connection } from '../connection.ts'
import { deleteGroup, giveGroup, groupsOf, longestMember, ownedGroups, removeMember } from './groups.ts'

/** Columns by which a row is a player's. */
const OWNING: readonly string[] = ['user_id', 'user_low', 'user_high', 'asked_by', 'owner_id']
/** Columns that name a player in a row that is not the player's. */
const NAMING: readonly string[] = ['winner_id', 'added_by']

/** A table with columns that say whose a row is. Found in the schema, so that no later table is forgotten. */
interface PersonalTable {
  readonly name: string
  readonly columns: readonly string[]
  readonly owning: readonly string[]
  readonly naming: readonly string[]
  /** Kept aside by the migrator: without keys, and with ids as they were found. */
  readonly aside: boolean
}

/** Everything about a player, by table. Ids are texts: JSON's numbers would round them. */
export function rowsAbout(db: Connection, userId: string): Record<string, unknown[]> {
  const found: Record<string, unknown[]> = {}
  for (const table of personalTables(db)) {
    const conditions = [...table.owning, ...table.naming].map((column) => matches(table, column))
    if (conditions.length === 0) continue
    const rows = db.all(`SELECT ${table.columns.map(exported).join(', ')} FROM ${quoted(table.name)} WHERE ${conditions.join(' OR ')}`, ...conditions.map(() => userId))
    if (rows.length > 0) found[table.name] = rows
  }
  const groups = db.all('SELECT g.id, g.name, g.code, m.joined_at FROM player_group_members AS m JOIN player_groups AS g ON g.id = m.group_id WHERE m.user_id = ?', userId)
  if (groups.length > 0) found.groups_joined = groups
  return found
}

/** Everybody who is named anywhere in the database, with when they came, where that is known. */
export function playersIn(db: Connection): { readonly userId: string; readonly createdAt: string | null }[] {
  const tables = personalTables(db)
  const ids = tables.flatMap((table) => [...table.owning, ...table.naming].map((column) => `SELECT CAST(${quoted(column)} AS TEXT) AS userId FROM ${quoted(table.name)}`))
  if (ids.length === 0) return []
  const users = tables.find(({ name }) => name === 'users')
  const createdAt = users?.columns.includes('created_at') === true ? '(SELECT u.created_at FROM users AS u WHERE u.user_id = CAST(i.userId AS INTEGER))' : 'NULL'
  return db.all(`SELECT i.userId, ${createdAt} AS createdAt FROM (${ids.join(' UNION ')}) AS i WHERE i.userId IS NOT NULL`)
}

/**
 * Removes a player from the whole database, in the caller's transaction, and overwrites what was there. Groups go to
 * their longest members. Works with every version of the structure: backups are older.
 *
 * @returns whether there was anything
 */
export function forgetPlayer(db: Connection, userId: string): boolean {
  return deletingSecurely(db, () => {
    if (columnsOf(db, 'player_groups').length > 0) handOverGroups(db, userId)
    return deleteEverythingAbout(db, userId)
  })
}

function handOverGroups(db: Connection, userId: string): void {
  const joined = groupsOf(db, userId)
  for (const { id } of joined) removeMember(db, id, userId)
  const owned = new Set(ownedGroups(db, userId))
  for (const id of new Set([...joined.map((group) => group.id), ...owned])) {
    const heir = longestMember(db, id)
    if (heir === undefined) deleteGroup(db, id)
    else if (owned.has(id)) giveGroup(db, id, heir.userId)
  }
}

/** Removes a player's rows from every table, and the player from the rows of others. */
function deleteEverythingAbout(db: Connection, userId: string): boolean {
  const tables = personalTables(db)
  const ofQuestions = columnsOf(db, 'questions')
  let changes = ofQuestions.includes('author') && ofQuestions.includes('added_by')
    ? db.run('UPDATE questions SET author = NULL WHERE author = ? OR (added_by = ? AND author = (SELECT name FROM users WHERE user_id = ?))', userId, userId, userId)
    : 0
  // Players last: nothing may be left to what their foreign keys do.
  for (const table of tables.toSorted((one, other) => Number(one.name === 'users') - Number(other.name === 'users'))) {
    for (const column of table.naming) changes += db.run(`UPDATE ${quoted(table.name)} SET ${quoted(column)} = NULL WHERE ${matches(table, column)}`, userId)
    for (const column of table.owning) changes += db.run(`DELETE FROM ${quoted(table.name)} WHERE ${matches(table, column)}`, userId)
    if (table.aside) changes += eraseMentions(db, table, userId)
  }
  return changes > 0
}

/** While it works, what is deleted is overwritten in the file, and not only marked as free. */
function deletingSecurely<T>(db: Connection, work: () => T): T {
  const before = db.raw.pragma('secure_delete', { simple: true })
  db.raw.pragma('secure_delete = ON')
  try {
    return work()
  } finally {
    // 2 means FAST: free pages keep what they held.
    db.raw.pragma(`secure_delete = ${before === 1 ? 'ON' : before === 2 ? 'FAST' : 'OFF'}`)
  }
}

/** Reasons why a row was set aside may name the player. A short id could be any number. */
function eraseMentions(db: Connection, table: PersonalTable, userId: string): number {
  if (userId.length < 15) return 0
  const changes = table.columns.map((column) =>
    db.run(`UPDATE ${quoted(table.name)} SET ${quoted(column)} = replace(${quoted(column)}, ?, '?') WHERE typeof(${quoted(column)}) = 'text' AND instr(${quoted(column)}, ?) > 0`, userId, userId))
  return changes.reduce((sum, each) => sum + each, 0)
}

function personalTables(db: Connection): PersonalTable[] {
  const tables = db.all<{ name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name`)
  return tables.flatMap(({ name }) => {
    const columns = columnsOf(db, name)
    const aside = name.startsWith('quarantine_') || name.endsWith('_archive')
    const among = (names: readonly string[]): string[] => columns.filter((column) => names.includes(column.toLowerCase()))
    const table = { name, columns, owning: among(OWNING), naming: among(NAMING), aside }
    return table.owning.length + table.naming.length > 0 || aside ? [table] : []
  })
}

function columnsOf(db: Connection, table: string): string[] {
  return db.all<{ name: string }>('SELECT name FROM pragma_table_info(?)', table).map(({ name }) => name)
}

function matches({ aside }: PersonalTable, column: string): string {
  // As text where a column's values may be of any type; elsewhere so that an index serves.
  return aside ? `CAST(${quoted(column)} AS TEXT) = ?` : `${quoted(column)} = ?`
}

function exported(column: string): string {
  const name = quoted(column)
  if (/(^|_)id$|^user_(low|high)$|^(asked|added)_by$/.test(column)) return `CAST(${name} AS TEXT) AS ${name}`
  return `CASE typeof(${name}) WHEN 'blob' THEN hex(${name}) ELSE ${name} END AS ${name}`
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
