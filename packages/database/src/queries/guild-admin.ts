import type { Connection } from '../connection.ts'
import { inShardsSql, type ShardRange, shardParameters } from './games.ts'

/** The numbers that a server's admins may set, by their columns. */
const COLUMNS = {
  timeLimit: 'time_limit', easy: 'points_easy', medium: 'points_medium', hard: 'points_hard', dailyMultiplier: 'daily_multiplier', weeklyMultiplier: 'weekly_multiplier',
} as const

export type GuildNumber = keyof typeof COLUMNS

export function ensureGuild(db: Connection, guildId: string, at: string): void {
  db.run('INSERT INTO guilds (guild_id, created_at) VALUES (?, ?) ON CONFLICT (guild_id) DO NOTHING', guildId, at)
}

export function setGuildNumber(db: Connection, guildId: string, name: GuildNumber, value: number): void {
  db.run(`UPDATE guilds SET ${COLUMNS[name]} = ? WHERE guild_id = ?`, value, guildId)
}

export function allowChannel(db: Connection, guildId: string, channelId: string): void {
  db.run('INSERT INTO guild_channels (guild_id, channel_id) VALUES (?, ?) ON CONFLICT DO NOTHING', guildId, channelId)
}

export function removeChannel(db: Connection, guildId: string, channelId: string): void {
  db.run('DELETE FROM guild_channels WHERE guild_id = ? AND channel_id = ?', guildId, channelId)
}

/** @param posted the Monday, YYYY-MM-DD, that counts as announced */
export function setWeeklyChannel(db: Connection, guildId: string, channelId: string | null, posted: string): void {
  db.run('UPDATE guilds SET weekly_channel_id = ?, weekly_posted = ? WHERE guild_id = ?', channelId, posted, guildId)
}

/** Servers whose week has not been announced yet. */
export function weeklyPostsDue(db: Connection, monday: string, shards: ShardRange): { guildId: string; channelId: string; locale: string | null }[] {
  return db.all(
    `SELECT CAST(guild_id AS TEXT) AS guildId, CAST(weekly_channel_id AS TEXT) AS channelId, locale FROM guilds
     WHERE weekly_channel_id IS NOT NULL AND (weekly_posted IS NULL OR weekly_posted < ?) AND ${inShardsSql('guild_id')} LIMIT 100`,
    monday, ...shardParameters(shards),
  )
}

export function weeklyPosted(db: Connection, guildId: string, monday: string): void {
  db.run('UPDATE guilds SET weekly_posted = ? WHERE guild_id = ?', monday, guildId)
}

/** What a player has earned in a server by answers to rounds that are over. */
export function earnedInGuild(db: Connection, guildId: string, userId: string): { points: number; answered: number; right: number } {
  return db.get<{ points: number; answered: number; right: number }>(
    `SELECT coalesce(sum(a.points), 0) AS points, count(*) AS answered, coalesce(sum(a.is_correct), 0) AS right FROM answers AS a
     WHERE a.user_id = ? AND a.guild_id = ? AND NOT EXISTS (SELECT 1 FROM game_rounds AS r WHERE r.id = a.round_id AND r.closed_at IS NULL)`,
    userId, guildId,
  ) ?? { points: 0, answered: 0, right: 0 }
}

/** Takes what a player has earned in a server out of every count, which never become negative. */
export function forgetGuildScores(db: Connection, guildId: string, userId: string, earned: { points: number; answered: number; right: number }): void {
  for (const [table, start, period] of [['weekly_rankings', 'week_start', 'week'], ['monthly_rankings', 'month_start', 'month']] as const) {
    db.run(
      `UPDATE ${table} SET points = max(0, coalesce(${table}.points, 0) - g.points) FROM guild_rankings AS g
       WHERE g.guild_id = ? AND g.user_id = ? AND g.period = '${period}' AND ${table}.user_id = g.user_id AND ${table}.${start} = g.start`,
      guildId, userId,
    )
  }
  db.run('DELETE FROM guild_rankings WHERE guild_id = ? AND user_id = ?', guildId, userId)
  db.run(
    `UPDATE users SET total_points = max(0, coalesce(total_points, 0) - ?), questions_answered = max(0, coalesce(questions_answered, 0) - ?),
       questions_correct = max(0, coalesce(questions_correct, 0) - ?), current_streak = 0 WHERE user_id = ?`,
    earned.points, earned.answered, earned.right, userId,
  )
  // An answer to a round that is still open stays: without it the player could answer again.
  db.run(
    `DELETE FROM answers WHERE user_id = ? AND guild_id = ?
       AND NOT EXISTS (SELECT 1 FROM game_rounds AS r WHERE r.id = answers.round_id AND r.closed_at IS NULL)`,
    userId, guildId,
  )
}

export function hideQuestion(db: Connection, guildId: string, questionId: number): void {
  db.run('INSERT INTO guild_hidden_questions (guild_id, question_id) VALUES (?, ?) ON CONFLICT DO NOTHING', guildId, questionId)
}

/** Only a question of the server's own. */
export function retireQuestion(db: Connection, guildId: string, questionId: number): boolean {
  return db.run("UPDATE questions SET state = 'retired' WHERE id = ? AND guild_id = ?", questionId, guildId) === 1
}

export interface GuildQuestion {
  readonly guildId: string
  readonly addedBy: string
  readonly text: string
  readonly type: string
  readonly difficulty: string
  readonly category: string
  readonly answer: string
  /** JSON lists; null for none. */
  readonly options: string | null
  readonly variations: string | null
  readonly explanation: string | null
  readonly pointValue: number
  readonly source: string | null
  readonly licence: string | null
  readonly locale: string
}

export function addGuildQuestion(db: Connection, question: GuildQuestion, at: string): number {
  return db.insert(
    `INSERT INTO questions (guild_id, added_by, question_text, question_type, difficulty, category, correct_answer, options, answer_variations, explanation, point_value, source, licence, locale, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    question.guildId, question.addedBy, question.text, question.type, question.difficulty, question.category, question.answer, question.options, question.variations,
    question.explanation, question.pointValue, question.source, question.licence, question.locale, at,
  )
}

/** Texts and answers of a server's own questions, to find duplicates. */
export function guildQuestionKeys(db: Connection, guildId: string): { text: string; answer: string }[] {
  return db.all("SELECT question_text AS text, correct_answer AS answer FROM questions WHERE guild_id = ? AND state = 'active'", guildId)
}

/** Takes back a question that its author has just added. */
export function removeGuildQuestion(db: Connection, guildId: string, questionId: number, addedBy: string): boolean {
  return db.run('DELETE FROM questions WHERE id = ? AND guild_id = ? AND added_by = ?', questionId, guildId, addedBy) === 1
}
