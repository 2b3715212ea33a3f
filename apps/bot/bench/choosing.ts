import { Connection } from '@trivia/database/connection'
import { type BenchRow, scratchFolder, seededRandom } from '@trivia/testkit'
import { chooseQuestion } from '../src/features/choosing/index.ts'
import { createDatabase } from '../test/bot-on-sandbox.ts'

const LARGE = 1_000_000
const SMALL = 1_000
const DRAWS = 3_000

/** Choosing a question from a million, beside the same from a thousand. */
export function benchChoosing(): BenchRow[] {
  using folder = scratchFolder()
  const databases = [SMALL, LARGE].map((count) => filled(folder.file(`${count}.db`), count))
  const [small, large] = databases as [Connection, Connection]
  const filters = [
    { name: 'any', filter: { guildId: null, locale: null, difficulty: null, category: null, type: null } },
    { name: 'by difficulty and category', filter: { guildId: null, locale: null, difficulty: 'easy', category: 'Category 3', type: null } },
  ]
  const rows = filters.map(({ name, filter }) => {
    const times = { small: Infinity, large: Infinity }
    for (let turn = 0; turn < 4; turn += 1) {
      times.small = Math.min(times.small, draw(small, filter, turn))
      times.large = Math.min(times.large, draw(large, filter, turn))
    }
    return { what: `choosing a question of ${LARGE.toLocaleString('en')}, ${name}`, ours: times.large, reference: times.small, of: `of ${SMALL.toLocaleString('en')}`, unit: 'µs' }
  })
  for (const database of databases) database.close()
  return rows
}

function draw(db: Connection, filter: Parameters<typeof chooseQuestion>[3], turn: number): number {
  const random = seededRandom(turn)
  return db.transaction(() => {
    const began = performance.now()
    // Ten from each channel, as games take them.
    for (let count = 0; count < DRAWS; count += 1) chooseQuestion(db, () => random.next(), `${turn}${Math.floor(count / 10)}`, filter)
    return ((performance.now() - began) * 1000) / DRAWS
  })
}

/** Questions of 24 categories, three difficulties and three types. */
function filled(path: string, count: number): Connection {
  createDatabase(path, [])
  const db = new Connection({ path })
  db.raw.pragma('synchronous = OFF')
  db.raw.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
    INSERT INTO questions (question_text, question_type, difficulty, category, correct_answer, options)
    SELECT 'Question ' || i, CASE i % 3 WHEN 0 THEN 'multiple_choice' WHEN 1 THEN 'true_false' ELSE 'fill_blank' END,
      CASE i / 3 % 3 WHEN 0 THEN 'easy' WHEN 1 THEN 'medium' ELSE 'hard' END, 'Category ' || (i / 9 % 24), 'true', '["true","b","c","d"]' FROM n`)
  return db
}
