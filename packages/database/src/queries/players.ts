import type { Connection, Reader } from '../connection.ts'

/** What the rules of the game need of a player. */
export interface PlayerState {
  readonly points: number
  readonly answered: number
  readonly right: number
  readonly streak: number
  readonly bestStreak: number
  readonly zone: string
  readonly rightEasy: number
  readonly rightMedium: number
  readonly rightHard: number
  readonly dailies: number
  readonly weeklies: number
  readonly days: number
  readonly bestDays: number
  /** YYYY-MM-DD in the player's zone; null before the first answer. */
  readonly lastDay: string | null
  /** 0: what is the player's is not told to everybody. */
  readonly notifications: number
}

/** Makes a player's row on the first sight, and keeps the name up to date. */
export function ensurePlayer(db: Connection, userId: string, name: string | null, at: string): void {
  db.run(
    `INSERT INTO users (user_id, name, created_at) VALUES (?, ?, ?)
     ON CONFLICT (user_id) DO UPDATE SET name = excluded.name WHERE excluded.name IS NOT NULL AND name IS NOT excluded.name`,
    userId, name, at,
  )
}

export function playerState(db: Reader, userId: string): PlayerState | undefined {
  return db.get<PlayerState>(
    `SELECT coalesce(u.total_points, 0) AS points, coalesce(u.questions_answered, 0) AS answered, coalesce(u.questions_correct, 0) AS right,
       coalesce(u.current_streak, 0) AS streak, coalesce(u.best_streak, 0) AS bestStreak, coalesce(u.timezone, 'UTC') AS zone,
       coalesce(p.right_easy, 0) AS rightEasy, coalesce(p.right_medium, 0) AS rightMedium, coalesce(p.right_hard, 0) AS rightHard,
       coalesce(p.dailies, 0) AS dailies, coalesce(p.weeklies, 0) AS weeklies,
       coalesce(p.day_streak, 0) AS days, coalesce(p.best_day_streak, 0) AS bestDays, p.last_day AS lastDay,
       coalesce(n.notifications_enabled, 1) AS notifications
     FROM users AS u LEFT JOIN user_progress AS p ON p.user_id = u.user_id LEFT JOIN user_preferences AS n ON n.user_id = u.user_id WHERE u.user_id = ?`,
    userId,
  )
}

/** Writes what an answer made of a player. */
export function savePlayerState(db: Connection, userId: string, state: PlayerState, at: string): void {
  db.run(
    `UPDATE users SET total_points = ?, questions_answered = ?, questions_correct = ?, current_streak = ?, best_streak = ?, last_played = ? WHERE user_id = ?`,
    state.points, state.answered, state.right, state.streak, state.bestStreak, at, userId,
  )
  db.run(
    `INSERT INTO user_progress (user_id, right_easy, right_medium, right_hard, dailies, weeklies, day_streak, best_day_streak, last_day)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (user_id) DO UPDATE SET right_easy = excluded.right_easy, right_medium = excluded.right_medium, right_hard = excluded.right_hard,
       dailies = excluded.dailies, weeklies = excluded.weeklies,
       day_streak = excluded.day_streak, best_day_streak = excluded.best_day_streak, last_day = excluded.last_day`,
    userId, state.rightEasy, state.rightMedium, state.rightHard, state.dailies, state.weeklies, state.days, state.bestDays, state.lastDay,
  )
}

export function achievementsOf(db: Reader, userId: string): string[] {
  return db.all<{ id: string }>('SELECT achievement_id AS id FROM user_achievements WHERE user_id = ?', userId).map(({ id }) => id)
}

/** Returns whether it is new. */
export function unlockAchievement(db: Connection, userId: string, achievement: string, bonus: number, at: string): boolean {
  return db.run(
    `INSERT INTO user_achievements (user_id, achievement_id, bonus, unlocked_at) VALUES (?, ?, ?, ?) ON CONFLICT (user_id, achievement_id) DO NOTHING`,
    userId, achievement, bonus, at,
  ) === 1
}

/** What a player likes to be asked; null for anything. */
export function preferredDifficulty(db: Reader, userId: string): string | null {
  const chosen = db.get<{ difficulty: string | null }>('SELECT preferred_difficulty AS difficulty FROM users WHERE user_id = ?', userId)?.difficulty ?? null
  return chosen !== null && ['easy', 'medium', 'hard'].includes(chosen) ? chosen : null
}
