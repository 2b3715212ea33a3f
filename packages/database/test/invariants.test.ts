import { createLegacyDatabase, scratchFolder } from '@trivia/testkit'
import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { inspect, rules } from '../src/invariants/index.ts'
import { createStructureDatabase } from './structure-database.ts'

const question = (id: number, answer: string, options: string | null, type = 'multiple_choice'): string =>
  `INSERT INTO questions (id, question_text, question_type, difficulty, category, correct_answer, options) VALUES (${id}, 'q', '${type}', 'easy', 'c', '${answer}', ${options === null ? 'NULL' : `'${options}'`})`

// Rule, rows that it finds, and SQL that breaks it in a database of the older system.
const broken: readonly (readonly [string, number, string])[] = [
  ['negative_points', 1, 'UPDATE users SET total_points = -1 WHERE user_id = (SELECT min(user_id) FROM users)'],
  ['negative_ranking_points', 1, 'UPDATE weekly_rankings SET points = -1 WHERE id = (SELECT min(id) FROM weekly_rankings)'],
  ['orphaned_achievements', 1, "INSERT INTO user_achievements (user_id, achievement_id) VALUES (5, 'x')"],
  ['orphaned_rankings', 1, "INSERT INTO weekly_rankings (user_id, week_start) VALUES (5, '2026-06-01')"],
  ['orphaned_sessions', 1, 'INSERT INTO game_sessions (channel_id, user_id) VALUES (1, 5)'],
  ['sessions_without_question', 1, 'UPDATE game_sessions SET question_id = 123456 WHERE id = (SELECT min(id) FROM game_sessions)'],
  ['broken_json', 1, question(9000, '0', '["a", "b"')],
  ['option_index_out_of_range', 3, [question(9000, '4', '["a", "b", "c", "d"]'), question(9001, '-1', '["a", "b"]'), question(9002, '0', '[]')].join(';')],
  ['option_index_out_of_range', 0, [question(9000, '1996', '["1995", "1996"]'), question(9001, '1', '["a", "b"]')].join(';')],
  ['answer_not_an_option', 1, question(9000, 'Rome', '["Paris", "London"]')],
  ['answer_not_an_option', 0, question(9000, ' paris', '["Paris", "London"]')],
  ['duplicate_options', 1, question(9000, '0', '["a", "a"]')],
  ['options_not_a_list', 1, question(9000, 'a', '{"a": 1}')],
  ['unreadable_times', 3, "UPDATE users SET last_played = 'yesterday' WHERE user_id = (SELECT min(user_id) FROM users); UPDATE users SET created_at = '2026-02-30 10:00:00' WHERE user_id = (SELECT max(user_id) FROM users); UPDATE weekly_rankings SET week_start = '1.6.2026' WHERE id = (SELECT min(id) FROM weekly_rankings)"],
  ['unreadable_times', 0, "UPDATE users SET last_played = '2026-06-01T10:00:00Z', created_at = '2026-06-01 10:00'"],
  ['time_format', 1, "UPDATE users SET last_played = '2026-06-01T10:00:00Z' WHERE user_id = (SELECT min(user_id) FROM users)"],
  ['date_with_time', 1, "UPDATE users SET daily_challenge_completed = '2026-06-01 00:00:00' WHERE user_id = (SELECT min(user_id) FROM users)"],
  ['wrong_type', 1, "UPDATE users SET total_points = 'many' WHERE user_id = (SELECT min(user_id) FROM users)"],
  ['wrong_type', 1, "UPDATE questions SET explanation = x'00' WHERE id = (SELECT min(id) FROM questions)"],
  ['odd_difficulty', 1, "UPDATE users SET preferred_difficulty = 'insane' WHERE user_id = (SELECT min(user_id) FROM users)"],
  ['more_correct_than_answered', 1, 'UPDATE users SET questions_correct = questions_answered + 1 WHERE user_id = (SELECT min(user_id) FROM users)'],
]

test.for(broken)('%s finds %i rows: %s', ([rule, rows, sql]) => {
  using folder = scratchFolder()
  const connection = new Sqlite(createLegacyDatabase(folder.file('trivia.db')).path)
  connection.pragma('foreign_keys = OFF')
  connection.exec(sql)
  const { figures, findings, era } = inspect(connection)
  expect(era).toBe('legacy')
  expect(figures[rule]).toBe(rows)
  if (rows > 0) expect(findings.find((finding) => finding.rule === rule)?.examples[0]?.reason).toEqual(expect.any(String))
  connection.close()
})

test('sound databases of both eras have no findings', () => {
  using folder = scratchFolder()
  const legacy = new Sqlite(createLegacyDatabase(folder.file('legacy.db')).path)
  expect(inspect(legacy)).toMatchObject({ era: 'legacy', findings: [], figures: { user_count: 40 } })
  legacy.close()
  const current = createStructureDatabase(folder.file('current.db'))
  current.exec("INSERT INTO users (user_id, last_played) VALUES (1, '2026-06-01 10:00:00')")
  expect(inspect(current)).toMatchObject({ era: 'current', figures: { user_count: 1, time_format: 1 } })
  current.close()
})

test('names are unique within a table and severity', () => {
  const bySeverity = Map.groupBy(rules, (rule) => rule.name)
  for (const [name, same] of bySeverity) expect(new Set(same.map((rule) => rule.severity)).size, name).toBe(1)
})
