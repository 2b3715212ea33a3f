-- The structure of the database after all migrations.
-- Made by "pnpm db:structure"; do not edit.
-- migrations: 4b685eace647665933fee789344668e1cf1feb4cb0375d8ae16a3d064b04e025
-- version: 3

CREATE TABLE schema_version (
    version INTEGER PRIMARY KEY,
    applied_at TIMESTAMP DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now'))
);

CREATE TABLE users (
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

CREATE TABLE user_preferences (
    user_id BIGINT NOT NULL PRIMARY KEY,
    theme TEXT DEFAULT 'default',
    notifications_enabled BOOLEAN DEFAULT TRUE,
    FOREIGN KEY (user_id) REFERENCES users (user_id) ON DELETE CASCADE
);

CREATE TABLE questions (
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

CREATE TABLE user_achievements (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id BIGINT NOT NULL,
    achievement_id TEXT NOT NULL,
    unlocked_at TIMESTAMP DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
    FOREIGN KEY (user_id) REFERENCES users (user_id) ON DELETE CASCADE
);

CREATE TABLE weekly_rankings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id BIGINT NOT NULL,
    week_start DATE NOT NULL,
    points INTEGER DEFAULT 0,
    rank INTEGER,
    FOREIGN KEY (user_id) REFERENCES users (user_id) ON DELETE CASCADE
);

CREATE TABLE game_sessions (
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

CREATE INDEX idx_users_total_points ON users (total_points DESC);

CREATE INDEX idx_users_last_played ON users (last_played);

CREATE INDEX idx_users_points_streak ON users (total_points DESC, current_streak DESC);

CREATE INDEX idx_questions_difficulty ON questions (difficulty);

CREATE INDEX idx_questions_category ON questions (category);

CREATE INDEX idx_questions_type ON questions (question_type);

CREATE INDEX idx_questions_difficulty_category ON questions (difficulty, category);

CREATE INDEX idx_questions_performance ON questions (times_asked, times_correct);

CREATE UNIQUE INDEX user_achievements_user_id_achievement_id_key ON user_achievements (user_id, achievement_id);

CREATE INDEX idx_user_achievements_user_id ON user_achievements (user_id);

CREATE UNIQUE INDEX weekly_rankings_user_id_week_start_key ON weekly_rankings (user_id, week_start);

CREATE INDEX idx_weekly_rankings_week_start ON weekly_rankings (week_start);

CREATE INDEX idx_weekly_rankings_points ON weekly_rankings (points DESC);

CREATE INDEX idx_weekly_rankings_week_rank ON weekly_rankings (week_start, rank);

CREATE INDEX idx_game_sessions_channel_id ON game_sessions (channel_id);

CREATE INDEX idx_game_sessions_active ON game_sessions (is_completed, start_time);

CREATE INDEX idx_game_sessions_user_time ON game_sessions (user_id, start_time DESC);

CREATE INDEX idx_users_daily_challenge ON users (daily_challenge_completed);

CREATE INDEX idx_users_weekly_challenge ON users (weekly_challenge_completed);

CREATE INDEX idx_questions_success_rate ON questions (CAST(times_correct AS FLOAT) / NULLIF(times_asked, 0));
