import { type Rule, sqlText } from './rule.ts'

const INTEGERS: Readonly<Record<string, readonly string[]>> = {
  users: ['user_id', 'total_points', 'questions_answered', 'questions_correct', 'current_streak', 'best_streak'],
  questions: ['id', 'point_value', 'times_asked', 'times_correct'],
  user_achievements: ['id', 'user_id'],
  weekly_rankings: ['id', 'user_id', 'points', 'rank'],
  game_sessions: ['id', 'channel_id', 'user_id', 'question_id', 'is_completed', 'is_challenge'],
  user_preferences: ['user_id', 'notifications_enabled'],
  user_progress: ['user_id', 'right_easy', 'right_medium', 'right_hard', 'dailies', 'weeklies', 'day_streak', 'best_day_streak'],
  game_rounds: ['id', 'session_id', 'number', 'question_id', 'points', 'message_id', 'winner_id'],
  answers: ['id', 'round_id', 'user_id', 'question_id', 'guild_id', 'is_correct', 'points', 'milliseconds'],
  guilds: ['guild_id', 'time_limit', 'points_easy', 'points_medium', 'points_hard', 'daily_multiplier', 'weekly_multiplier', 'weekly_channel_id'],
  monthly_rankings: ['user_id', 'points'],
  guild_rankings: ['guild_id', 'user_id', 'points'],
  question_reports: ['id', 'question_id', 'user_id', 'guild_id'],
  friendships: ['user_low', 'user_high', 'asked_by'],
  player_groups: ['id', 'owner_id'],
  player_group_members: ['group_id', 'user_id'],
}

const TEXTS: Readonly<Record<string, readonly string[]>> = {
  users: ['preferred_difficulty', 'timezone', 'name'],
  questions: ['question_text', 'question_type', 'difficulty', 'category', 'correct_answer', 'options', 'answer_variations', 'explanation', 'source', 'licence', 'author', 'locale', 'tags'],
  user_achievements: ['achievement_id'],
  game_sessions: ['difficulty', 'category', 'locale'],
  user_preferences: ['theme'],
  game_rounds: ['options'],
  answers: ['given'],
  guilds: ['locale'],
  question_reports: ['note'],
  player_groups: ['name', 'code'],
}

const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  questions: ['question_text', 'question_type', 'difficulty', 'category', 'correct_answer'],
  user_achievements: ['user_id', 'achievement_id'],
  weekly_rankings: ['user_id', 'week_start'],
  game_sessions: ['channel_id', 'user_id'],
}

/** Columns that Prisma reads as a 32-bit Int. */
const SMALL_INTEGERS: Readonly<Record<string, readonly string[]>> = {
  users: ['total_points', 'questions_answered', 'questions_correct', 'current_streak', 'best_streak'],
  questions: ['id', 'point_value', 'times_asked', 'times_correct'],
  user_achievements: ['id'],
  weekly_rankings: ['id', 'points', 'rank'],
  game_sessions: ['id', 'question_id'],
}

const each = (columns: Readonly<Record<string, readonly string[]>>, rule: (table: string, column: string) => Rule): Rule[] =>
  Object.entries(columns).flatMap(([table, names]) => names.map((column) => rule(table, column)))

/** What every value's storage class must be, so that the new schema takes it and Prisma Client can read it. */
export const storageRules: readonly Rule[] = [
  ...each(INTEGERS, (table, column) => ({
    name: 'wrong_type',
    table,
    severity: 'error',
    broken: `typeof(t.${column}) NOT IN ('integer', 'null')`,
    reason: `${sqlText(`${column} is not a whole number: `)} || quote(t.${column})`,
  })),
  ...each(TEXTS, (table, column) => ({
    name: 'wrong_type',
    table,
    severity: 'error',
    broken: `typeof(t.${column}) NOT IN ('text', 'null')`,
    reason: `${sqlText(`${column} is not a text: `)} || typeof(t.${column})`,
  })),
  ...each(REQUIRED, (table, column) => ({
    name: 'missing_value',
    table,
    severity: 'error',
    broken: `t.${column} IS NULL`,
    reason: sqlText(`${column} is empty`),
  })),
  ...each(SMALL_INTEGERS, (table, column) => ({
    name: 'number_too_large',
    table,
    severity: 'warning',
    broken: `typeof(t.${column}) = 'integer' AND abs(t.${column} / 2) > 1073741823`,
    reason: `${sqlText(`${column} does not fit into 32 bits: `)} || t.${column}`,
  })),
]
