-- Version 3: storage types that Prisma Client can use. Nothing that the guide's schema enforces is lost.
--
-- * Discord ids are beyond 2^53: the columns become BIGINT, which Prisma reads as BigInt.
-- * Times become one format, defaults included: UTC, milliseconds, as Prisma writes them
--   (2026-06-01T12:00:00.000+00:00), so that they sort and compare as text.
--   Fractions of a second are cut, not rounded: a rounded 23:59:59.9996 would be another day.
-- * DATE columns stay dates (YYYY-MM-DD).
-- * The sequences of AUTOINCREMENT keys go on where they were: the id of a deleted row is not used again.
-- * What is unique stays unique, by an index of its own: Prisma does not see a UNIQUE inside of a CREATE TABLE.
-- * The three indexes that the older system's optimizer made on some databases become part of the schema.

PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;

CREATE TABLE new_schema_version (
    version INTEGER PRIMARY KEY,
    applied_at TIMESTAMP DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now'))
);
INSERT INTO new_schema_version (
    version, applied_at
)
SELECT
    version,
    replace(substr(applied_at, 1, 19), ' ', 'T') || '.' || substr(substr(applied_at, 21) || '000', 1, 3) || '+00:00'
FROM schema_version;
DROP TABLE schema_version;
ALTER TABLE new_schema_version RENAME TO schema_version;

CREATE TABLE new_users (
    user_id BIGINT NOT NULL PRIMARY KEY,
    total_points INTEGER DEFAULT 0,
    questions_answered INTEGER DEFAULT 0,
    questions_correct INTEGER DEFAULT 0,
    current_streak INTEGER DEFAULT 0,
    best_streak INTEGER DEFAULT 0,
    last_played TIMESTAMP,
    daily_challenge_completed DATE,
    weekly_challenge_completed DATE,
    preferred_difficulty TEXT,
    created_at TIMESTAMP DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
    timezone TEXT DEFAULT 'UTC'
);
INSERT INTO new_users (
    user_id, total_points, questions_answered, questions_correct, current_streak, best_streak, last_played, daily_challenge_completed, weekly_challenge_completed, preferred_difficulty, created_at, timezone
)
SELECT
    user_id,
    total_points,
    questions_answered,
    questions_correct,
    current_streak,
    best_streak,
    replace(substr(last_played, 1, 19), ' ', 'T') || '.' || substr(substr(last_played, 21) || '000', 1, 3) || '+00:00',
    daily_challenge_completed,
    weekly_challenge_completed,
    preferred_difficulty,
    replace(substr(created_at, 1, 19), ' ', 'T') || '.' || substr(substr(created_at, 21) || '000', 1, 3) || '+00:00',
    timezone
FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

CREATE TABLE new_user_preferences (
    user_id BIGINT NOT NULL PRIMARY KEY,
    theme TEXT DEFAULT 'default',
    notifications_enabled BOOLEAN DEFAULT TRUE,
    FOREIGN KEY (user_id) REFERENCES users (user_id) ON DELETE CASCADE
);
INSERT INTO new_user_preferences (
    user_id, theme, notifications_enabled
)
SELECT
    user_id,
    theme,
    notifications_enabled
FROM user_preferences;
DROP TABLE user_preferences;
ALTER TABLE new_user_preferences RENAME TO user_preferences;

CREATE TABLE new_questions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    question_text TEXT NOT NULL,
    question_type TEXT NOT NULL CHECK (question_type IN ('multiple_choice', 'true_false', 'fill_blank')),
    difficulty TEXT NOT NULL CHECK (difficulty IN ('easy', 'medium', 'hard')),
    category TEXT NOT NULL,
    correct_answer TEXT NOT NULL,
    options TEXT,
    answer_variations TEXT,
    explanation TEXT,
    point_value INTEGER DEFAULT 0,
    times_asked INTEGER DEFAULT 0,
    times_correct INTEGER DEFAULT 0,
    created_at TIMESTAMP DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now'))
);
INSERT INTO new_questions (
    id, question_text, question_type, difficulty, category, correct_answer, options, answer_variations, explanation, point_value, times_asked, times_correct, created_at
)
SELECT
    id,
    question_text,
    question_type,
    difficulty,
    category,
    correct_answer,
    options,
    answer_variations,
    explanation,
    point_value,
    times_asked,
    times_correct,
    replace(substr(created_at, 1, 19), ' ', 'T') || '.' || substr(substr(created_at, 21) || '000', 1, 3) || '+00:00'
FROM questions;
DELETE FROM sqlite_sequence WHERE name = 'new_questions';
UPDATE sqlite_sequence SET name = 'new_questions' WHERE name = 'questions';
DROP TABLE questions;
ALTER TABLE new_questions RENAME TO questions;

CREATE TABLE new_user_achievements (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id BIGINT NOT NULL,
    achievement_id TEXT NOT NULL,
    unlocked_at TIMESTAMP DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
    FOREIGN KEY (user_id) REFERENCES users (user_id) ON DELETE CASCADE
);
INSERT INTO new_user_achievements (
    id, user_id, achievement_id, unlocked_at
)
SELECT
    id,
    user_id,
    achievement_id,
    replace(substr(unlocked_at, 1, 19), ' ', 'T') || '.' || substr(substr(unlocked_at, 21) || '000', 1, 3) || '+00:00'
FROM user_achievements;
DELETE FROM sqlite_sequence WHERE name = 'new_user_achievements';
UPDATE sqlite_sequence SET name = 'new_user_achievements' WHERE name = 'user_achievements';
DROP TABLE user_achievements;
ALTER TABLE new_user_achievements RENAME TO user_achievements;

CREATE TABLE new_weekly_rankings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id BIGINT NOT NULL,
    week_start DATE NOT NULL,
    points INTEGER DEFAULT 0,
    rank INTEGER,
    FOREIGN KEY (user_id) REFERENCES users (user_id) ON DELETE CASCADE
);
INSERT INTO new_weekly_rankings (
    id, user_id, week_start, points, rank
)
SELECT
    id,
    user_id,
    week_start,
    points,
    rank
FROM weekly_rankings;
DELETE FROM sqlite_sequence WHERE name = 'new_weekly_rankings';
UPDATE sqlite_sequence SET name = 'new_weekly_rankings' WHERE name = 'weekly_rankings';
DROP TABLE weekly_rankings;
ALTER TABLE new_weekly_rankings RENAME TO weekly_rankings;

CREATE TABLE new_game_sessions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    channel_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    question_id INTEGER,
    difficulty TEXT,
    start_time TIMESTAMP DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
    end_time TIMESTAMP,
    is_completed BOOLEAN DEFAULT FALSE,
    is_challenge BOOLEAN DEFAULT FALSE,
    FOREIGN KEY (user_id) REFERENCES users (user_id) ON DELETE CASCADE,
    FOREIGN KEY (question_id) REFERENCES questions (id) ON DELETE SET NULL
);
INSERT INTO new_game_sessions (
    id, channel_id, user_id, question_id, difficulty, start_time, end_time, is_completed, is_challenge
)
SELECT
    id,
    channel_id,
    user_id,
    question_id,
    difficulty,
    replace(substr(start_time, 1, 19), ' ', 'T') || '.' || substr(substr(start_time, 21) || '000', 1, 3) || '+00:00',
    replace(substr(end_time, 1, 19), ' ', 'T') || '.' || substr(substr(end_time, 21) || '000', 1, 3) || '+00:00',
    is_completed,
    is_challenge
FROM game_sessions;
DELETE FROM sqlite_sequence WHERE name = 'new_game_sessions';
UPDATE sqlite_sequence SET name = 'new_game_sessions' WHERE name = 'game_sessions';
DROP TABLE game_sessions;
ALTER TABLE new_game_sessions RENAME TO game_sessions;

-- The indexes come after the data.

-- User performance indexes
CREATE INDEX idx_users_total_points ON users (total_points DESC);
CREATE INDEX idx_users_last_played ON users (last_played);
CREATE INDEX idx_users_points_streak ON users (total_points DESC, current_streak DESC);

-- Question performance indexes
CREATE INDEX idx_questions_difficulty ON questions (difficulty);
CREATE INDEX idx_questions_category ON questions (category);
CREATE INDEX idx_questions_type ON questions (question_type);
CREATE INDEX idx_questions_difficulty_category ON questions (difficulty, category);
CREATE INDEX idx_questions_performance ON questions (times_asked, times_correct);

-- Achievement indexes
CREATE UNIQUE INDEX user_achievements_user_id_achievement_id_key ON user_achievements (user_id, achievement_id);
CREATE INDEX idx_user_achievements_user_id ON user_achievements (user_id);

-- Rankings indexes
CREATE UNIQUE INDEX weekly_rankings_user_id_week_start_key ON weekly_rankings (user_id, week_start);
CREATE INDEX idx_weekly_rankings_week_start ON weekly_rankings (week_start);
CREATE INDEX idx_weekly_rankings_points ON weekly_rankings (points DESC);
CREATE INDEX idx_weekly_rankings_week_rank ON weekly_rankings (week_start, rank);

-- Game session indexes
CREATE INDEX idx_game_sessions_channel_id ON game_sessions (channel_id);
CREATE INDEX idx_game_sessions_active ON game_sessions (is_completed, start_time);
CREATE INDEX idx_game_sessions_user_time ON game_sessions (user_id, start_time DESC);

-- Formerly made by the older system's optimizer
CREATE INDEX idx_users_daily_challenge ON users (daily_challenge_completed);
CREATE INDEX idx_users_weekly_challenge ON users (weekly_challenge_completed);
CREATE INDEX idx_questions_success_rate ON questions (CAST(times_correct AS FLOAT) / NULLIF(times_asked, 0));

PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

INSERT INTO schema_version (version) VALUES (3);
