/** The guide's schema, version 1, to the letter. It is written down here again on purpose: tests must not take it from what they test. */
export const guideTables: readonly string[] = [
  `CREATE TABLE schema_version (
    version INTEGER PRIMARY KEY,
    applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
)`,
  `CREATE TABLE users (
    user_id INTEGER PRIMARY KEY,
    total_points INTEGER DEFAULT 0,
    questions_answered INTEGER DEFAULT 0,
    questions_correct INTEGER DEFAULT 0,
    current_streak INTEGER DEFAULT 0,
    best_streak INTEGER DEFAULT 0,
    last_played TIMESTAMP,
    daily_challenge_completed DATE,
    weekly_challenge_completed DATE,
    preferred_difficulty TEXT,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
)`,
  `CREATE TABLE questions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    question_text TEXT NOT NULL,
    question_type TEXT NOT NULL CHECK (question_type IN ('multiple_choice', 'true_false', 'fill_blank')),
    difficulty TEXT NOT NULL CHECK (difficulty IN ('easy', 'medium', 'hard')),
    category TEXT NOT NULL,
    correct_answer TEXT NOT NULL,
    options TEXT, -- JSON for multiple choice options
    answer_variations TEXT, -- JSON for fill-in-blank variations
    explanation TEXT,
    point_value INTEGER DEFAULT 0,
    times_asked INTEGER DEFAULT 0,
    times_correct INTEGER DEFAULT 0,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
)`,
  `CREATE TABLE user_achievements (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL,
    achievement_id TEXT NOT NULL,
    unlocked_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    FOREIGN KEY (user_id) REFERENCES users (user_id) ON DELETE CASCADE,
    UNIQUE(user_id, achievement_id)
)`,
  `CREATE TABLE weekly_rankings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL,
    week_start DATE NOT NULL,
    points INTEGER DEFAULT 0,
    rank INTEGER,
    FOREIGN KEY (user_id) REFERENCES users (user_id) ON DELETE CASCADE,
    UNIQUE(user_id, week_start)
)`,
  `CREATE TABLE game_sessions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    channel_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    question_id INTEGER,
    difficulty TEXT,
    start_time TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    end_time TIMESTAMP,
    is_completed BOOLEAN DEFAULT FALSE,
    is_challenge BOOLEAN DEFAULT FALSE,
    FOREIGN KEY (user_id) REFERENCES users (user_id) ON DELETE CASCADE,
    FOREIGN KEY (question_id) REFERENCES questions (id) ON DELETE SET NULL
)`,
]

/** The guide's 15 indexes. */
export const guideIndexes: readonly string[] = [
  'CREATE INDEX idx_users_total_points ON users (total_points DESC)',
  'CREATE INDEX idx_users_last_played ON users (last_played)',
  'CREATE INDEX idx_users_points_streak ON users (total_points DESC, current_streak DESC)',
  'CREATE INDEX idx_questions_difficulty ON questions (difficulty)',
  'CREATE INDEX idx_questions_category ON questions (category)',
  'CREATE INDEX idx_questions_type ON questions (question_type)',
  'CREATE INDEX idx_questions_difficulty_category ON questions (difficulty, category)',
  'CREATE INDEX idx_questions_performance ON questions (times_asked, times_correct)',
  'CREATE INDEX idx_user_achievements_user_id ON user_achievements (user_id)',
  'CREATE INDEX idx_weekly_rankings_week_start ON weekly_rankings (week_start)',
  'CREATE INDEX idx_weekly_rankings_points ON weekly_rankings (points DESC)',
  'CREATE INDEX idx_weekly_rankings_week_rank ON weekly_rankings (week_start, rank)',
  'CREATE INDEX idx_game_sessions_channel_id ON game_sessions (channel_id)',
  'CREATE INDEX idx_game_sessions_active ON game_sessions (is_completed, start_time)',
  'CREATE INDEX idx_game_sessions_user_time ON game_sessions (user_id, start_time DESC)',
]

/** The indexes that databases of the older system's first releases have. */
const FIRST_TEN = [
  'idx_users_total_points',
  'idx_users_last_played',
  'idx_questions_difficulty',
  'idx_questions_category',
  'idx_questions_type',
  'idx_user_achievements_user_id',
  'idx_weekly_rankings_week_start',
  'idx_weekly_rankings_points',
  'idx_game_sessions_channel_id',
  'idx_game_sessions_active',
]

/** What the older system's optimizer added on some databases. */
const OPTIMIZER: readonly string[] = [
  'CREATE INDEX idx_users_daily_challenge ON users (daily_challenge_completed)',
  'CREATE INDEX idx_users_weekly_challenge ON users (weekly_challenge_completed)',
  'CREATE INDEX idx_questions_success_rate ON questions (CAST(times_correct AS FLOAT) / NULLIF(times_asked, 0))',
]

/** The guide's example of a version 2, without its transaction. */
export const guideVersion2: readonly string[] = [
  "ALTER TABLE users ADD COLUMN timezone TEXT DEFAULT 'UTC'",
  `CREATE TABLE user_preferences (
    user_id INTEGER PRIMARY KEY,
    theme TEXT DEFAULT 'default',
    notifications_enabled BOOLEAN DEFAULT TRUE,
    FOREIGN KEY (user_id) REFERENCES users (user_id) ON DELETE CASCADE
)`,
]

/** The indexes of one of the kinds of databases that there are. */
export function legacyIndexes(kind: 'all' | 'ten' | 'eighteen'): readonly string[] {
  if (kind === 'ten') return guideIndexes.filter((sql) => FIRST_TEN.some((name) => sql.includes(`${name} `)))
  return kind === 'eighteen' ? [...guideIndexes, ...OPTIMIZER] : guideIndexes
}

/** The same DDL as another hand would write it: other case, other white space, comments in odd places. */
export function oddlyWritten(sql: string): string {
  const parts = sql.split(/('(?:[^']|'')*'|--[^\n]*)/)
  const odd = parts.map((part, index) => (index % 2 === 1 ? part : part.toLowerCase().replaceAll(/\n {4}/g, '\n\t').replaceAll(' integer ', '  INTEGER\t').replaceAll(',\n', ' ,\n\n')))
  return odd.join('').replace(' (', '\n(\n\t-- "users" (total_points), and the rest;\n\t/* made by hand, don\'t touch */ ')
}
