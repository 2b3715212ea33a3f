import { Connection } from '@trivia/database/connection'
import { scratchFolder, seededRandom } from '@trivia/testkit'
import { afterEach, expect, test } from 'vitest'
import { chooseQuestion } from '../../src/features/choosing/index.ts'
import { createDatabase, questions, type TestQuestion } from '../bot-on-sandbox.ts'

const open: (() => void)[] = []
afterEach(() => open.splice(0).forEach((close) => close()))

function database(list: readonly TestQuestion[]): Connection {
  const folder = scratchFolder()
  createDatabase(folder.file('trivia.db'), list)
  const db = new Connection({ path: folder.file('trivia.db') })
  db.raw.pragma('synchronous = OFF')
  open.push(() => {
    db.close()
    folder.remove()
  })
  return db
}

const any = { guildId: null, locale: null, difficulty: null, category: null, type: null }
const mixed = [
  ...questions(7), ...questions(2, { difficulty: 'hard' }), ...questions(11, { category: 'Art', difficulty: 'medium' }),
  { text: 'a', type: 'true_false' as const, answer: 'true' }, { text: 'b ___', type: 'fill_blank' as const, answer: 'b' },
]

test('a channel sees every question once before one comes again, and never the same twice in a row', () => {
  const db = database(mixed)
  const random = seededRandom(1)
  const next = (): number => random.next()
  db.transaction(() => {
    let last: number | null = null
    for (let pass = 0; pass < 5; pass += 1) {
      const seen = Array.from({ length: mixed.length }, () => chooseQuestion(db, next, '1', any))
      expect(new Set(seen).size).toBe(mixed.length)
      expect(seen[0]).not.toBe(last)
      last = seen.at(-1) ?? null
      db.run("INSERT INTO users (user_id) VALUES (1) ON CONFLICT DO NOTHING")
      db.run('INSERT INTO game_sessions (channel_id, user_id, question_id, mode) VALUES (1, 1, ?, \'race\')', last)
    }
  })
})

test('every question has the same chance, whatever its bucket: as first, and as third draw', () => {
  const db = database(mixed)
  const random = seededRandom(7)
  const next = (): number => random.next()
  const rounds = 6_000
  const first = new Map<number, number>()
  const third = new Map<number, number>()
  db.transaction(() => {
    for (let channel = 1; channel <= rounds; channel += 1) {
      const [one, , three] = [1, 2, 3].map(() => chooseQuestion(db, next, String(channel), any) ?? 0)
      first.set(one ?? 0, (first.get(one ?? 0) ?? 0) + 1)
      third.set(three ?? 0, (third.get(three ?? 0) ?? 0) + 1)
    }
  })
  for (const counts of [first, third]) {
    expect(counts.size).toBe(mixed.length)
    const expected = rounds / mixed.length
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
    // 21 degrees of freedom: 46.8 is exceeded once in a thousand times.
    expect(chiSquare).toBeLessThan(46.8)
  }
})

test('filters are honoured, and share what the channel has seen', () => {
  const db = database(mixed)
  const random = seededRandom(3)
  const next = (): number => random.next()
  db.transaction(() => {
    const hard = [1, 2].map(() => chooseQuestion(db, next, '1', { ...any, difficulty: 'hard' }))
    const rest = Array.from({ length: mixed.length - 2 }, () => chooseQuestion(db, next, '1', any))
    expect(new Set([...hard, ...rest]).size).toBe(mixed.length)
    expect(chooseQuestion(db, next, '2', { ...any, type: 'fill_blank' })).toBe(mixed.length)
    expect(chooseQuestion(db, next, '2', { ...any, category: 'Nothing' })).toBeNull()
    expect(chooseQuestion(db, next, '2', { ...any, category: 'Art', difficulty: 'hard' })).toBeNull()
  })
})

test('questions that come, go and change in the middle of a pool are right at once', () => {
  const db = database(questions(20))
  const random = seededRandom(5)
  const next = (): number => random.next()
  db.transaction(() => {
    const seen = new Set(Array.from({ length: 10 }, () => chooseQuestion(db, next, '1', any)))
    const unseen = Array.from({ length: 20 }, (_, index) => index + 1).filter((id) => !seen.has(id))
    db.run('DELETE FROM questions WHERE id = ?', unseen[0] ?? 0)
    db.run("UPDATE questions SET state = 'retired' WHERE id = ?", unseen[1] ?? 0)
    db.run("UPDATE questions SET difficulty = 'hard' WHERE id = ?", unseen[2] ?? 0)
    for (let count = 0; count < 5; count += 1) {
      db.run("INSERT INTO questions (question_text, question_type, difficulty, category, correct_answer, options) VALUES ('new', 'multiple_choice', 'easy', 'History', 'a', '[\"a\",\"b\"]')")
    }
    const rest = Array.from({ length: 8 + 5 }, () => chooseQuestion(db, next, '1', any))
    const wanted = [...unseen.slice(2), 21, 22, 23, 24, 25]
    expect(rest.toSorted((one, other) => (one ?? 0) - (other ?? 0))).toEqual(wanted)
    expect(chooseQuestion(db, next, '1', { ...any, difficulty: 'hard' })).toBe(unseen[2])
  })
})

test("a server's own questions stay its own, and what it hides is not asked there", () => {
  const db = database(questions(2))
  const random = seededRandom(9)
  const next = (): number => random.next()
  db.transaction(() => {
    db.run("INSERT INTO questions (question_text, question_type, difficulty, category, correct_answer, options, guild_id) VALUES ('own', 'multiple_choice', 'easy', 'History', 'a', '[\"a\",\"b\"]', 77)")
    db.run('INSERT INTO guilds (guild_id) VALUES (77)')
    db.run('INSERT INTO guild_hidden_questions (guild_id, question_id) VALUES (77, 1)')
    const inside = new Set([1, 2, 3, 4].map(() => chooseQuestion(db, next, '1', { ...any, guildId: '77' })))
    const outside = new Set([1, 2, 3, 4].map(() => chooseQuestion(db, next, '2', { ...any, guildId: '78' })))
    expect([inside, outside]).toEqual([new Set([2, 3]), new Set([1, 2])])
  })
})
