import { answerRules } from './answers.ts'
import type { Rule, Severity } from './rule.ts'
import { storageRules } from './storage.ts'
import { timeRules } from './times.ts'

const orphan = (name: string, table: string, column: string, parent: string, key: string): Rule => ({
  name,
  table,
  severity: 'error',
  broken: `t.${column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ${parent} AS p WHERE p.${key} = t.${column})`,
  reason: `'${column} ' || t.${column} || ' is not in ${parent}'`,
  parent,
  column,
})

const negative = (name: string, table: string, column: string): Rule => ({
  name,
  table,
  severity: 'error',
  broken: `typeof(t.${column}) IN ('integer', 'real') AND t.${column} < 0`,
  reason: `'${column} is ' || t.${column}`,
})

const oneOf = (name: string, table: string, column: string, values: readonly (string | number)[], severity: Severity): Rule => ({
  name,
  table,
  severity,
  broken: `t.${column} IS NOT NULL AND t.${column} NOT IN (${values.map((value) => (typeof value === 'number' ? value : `'${value}'`)).join(', ')})`,
  reason: `'${column} is ' || quote(t.${column})`,
})

const duplicate = (name: string, table: string, columns: readonly string[]): Rule => ({
  name,
  table,
  severity: 'error',
  broken: `t.id NOT IN (SELECT min(id) FROM ${table} GROUP BY ${columns.join(', ')})`,
  reason: "'an earlier row has the same key'",
})

const odd = (name: string, table: string, broken: string, reason: string): Rule => ({
  name,
  table,
  severity: 'warning',
  broken,
  reason: `'${reason}'`,
})

const difficulties = ['easy', 'medium', 'hard']

/** Everything that must hold in the data, whatever the version. Their names are keys of `validate --json`. */
export const rules: readonly Rule[] = [
  negative('negative_points', 'users', 'total_points'),
  negative('negative_ranking_points', 'weekly_rankings', 'points'),
  negative('negative_point_value', 'questions', 'point_value'),
  orphan('orphaned_achievements', 'user_achievements', 'user_id', 'users', 'user_id'),
  orphan('orphaned_rankings', 'weekly_rankings', 'user_id', 'users', 'user_id'),
  orphan('orphaned_sessions', 'game_sessions', 'user_id', 'users', 'user_id'),
  orphan('sessions_without_question', 'game_sessions', 'question_id', 'questions', 'id'),
  orphan('orphaned_preferences', 'user_preferences', 'user_id', 'users', 'user_id'),
  orphan('orphaned_progress', 'user_progress', 'user_id', 'users', 'user_id'),
  orphan('orphaned_answers', 'answers', 'user_id', 'users', 'user_id'),
  orphan('orphaned_rankings', 'monthly_rankings', 'user_id', 'users', 'user_id'),
  orphan('orphaned_rankings', 'guild_rankings', 'user_id', 'users', 'user_id'),
  orphan('orphaned_rounds', 'game_rounds', 'session_id', 'game_sessions', 'id'),
  orphan('orphaned_rounds', 'game_rounds', 'question_id', 'questions', 'id'),
  orphan('orphaned_rounds', 'game_rounds', 'winner_id', 'users', 'user_id'),
  orphan('orphaned_games', 'running_games', 'session_id', 'game_sessions', 'id'),
  orphan('orphaned_games', 'running_games', 'round_id', 'game_rounds', 'id'),
  orphan('orphaned_answers', 'answers', 'round_id', 'game_rounds', 'id'),
  orphan('orphaned_answers', 'answers', 'question_id', 'questions', 'id'),
  orphan('orphaned_reports', 'question_reports', 'question_id', 'questions', 'id'),
  orphan('orphaned_challenges', 'challenge_questions', 'question_id', 'questions', 'id'),
  orphan('orphaned_hiding', 'guild_hidden_questions', 'question_id', 'questions', 'id'),
  orphan('orphaned_groups', 'player_groups', 'owner_id', 'users', 'user_id'),
  orphan('orphaned_members', 'player_group_members', 'group_id', 'player_groups', 'id'),
  orphan('orphaned_reports', 'question_reports', 'user_id', 'users', 'user_id'),
  orphan('orphaned_friendships', 'friendships', 'user_low', 'users', 'user_id'),
  orphan('orphaned_friendships', 'friendships', 'user_high', 'users', 'user_id'),
  orphan('orphaned_members', 'player_group_members', 'user_id', 'users', 'user_id'),
  oneOf('invalid_question_type', 'questions', 'question_type', ['multiple_choice', 'true_false', 'fill_blank'], 'error'),
  oneOf('invalid_difficulty', 'questions', 'difficulty', difficulties, 'error'),
  duplicate('duplicate_achievements', 'user_achievements', ['user_id', 'achievement_id']),
  duplicate('duplicate_rankings', 'weekly_rankings', ['user_id', 'substr(week_start, 1, 10)']),
  ...answerRules,
  ...timeRules,
  ...storageRules,
  oneOf('odd_difficulty', 'users', 'preferred_difficulty', difficulties, 'warning'),
  oneOf('odd_difficulty', 'game_sessions', 'difficulty', difficulties, 'warning'),
  oneOf('odd_boolean', 'game_sessions', 'is_completed', [0, 1], 'warning'),
  oneOf('odd_boolean', 'game_sessions', 'is_challenge', [0, 1], 'warning'),
  odd('more_correct_than_answered', 'users', 't.questions_correct > t.questions_answered', 'more right answers than answers'),
  odd('streak_above_best', 'users', 't.current_streak > t.best_streak', 'the streak is longer than the best streak'),
  odd('negative_counter', 'users', 't.questions_answered < 0 OR t.questions_correct < 0 OR t.current_streak < 0 OR t.best_streak < 0', 'a counter is negative'),
  odd('more_correct_than_asked', 'questions', 't.times_correct > t.times_asked', 'more right answers than times asked'),
  odd('ended_game_runs', 'running_games', 'EXISTS (SELECT 1 FROM game_sessions AS s WHERE s.id = t.session_id AND s.is_completed = 1)', 'the game has ended and is still among the running ones'),
  odd('wrong_rank_count', 'rank_counts', "t.board = 'all' AND t.width = 1 AND t.players <> (SELECT count(*) FROM users AS u WHERE u.total_points = t.bucket)", 'another number of players has these points'),
  odd('question_without_slot', 'questions', "t.state = 'active' AND NOT EXISTS (SELECT 1 FROM question_slots AS s WHERE s.question_id = t.id)", 'it is active and never chosen'),
  odd('ends_before_start', 'game_sessions', 'julianday(t.end_time) < julianday(t.start_time)', 'it ended before it started'),
]
