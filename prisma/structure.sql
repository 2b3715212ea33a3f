-- The structure of the database after all migrations.
-- Made by "pnpm db:structure"; do not edit.
-- migrations: af327e8c18e8597b10725dd5212d27a625ee8d6f230757d835cccd974099ef34
-- version: 11

CREATE TABLE schema_version (
    version INTEGER PRIMARY KEY,
    applied_at TIMESTAMP DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now'))
, serves_from INTEGER);

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
, name TEXT);

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
, source TEXT, licence TEXT, author TEXT, locale TEXT NOT NULL DEFAULT 'en', tags TEXT, state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'retired')), guild_id BIGINT, added_by BIGINT);

CREATE TABLE user_achievements (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id BIGINT NOT NULL,
    achievement_id TEXT NOT NULL,
    unlocked_at TIMESTAMP DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')), bonus INTEGER NOT NULL DEFAULT 0 CHECK (bonus >= 0),
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
    is_challenge BOOLEAN DEFAULT FALSE, guild_id BIGINT, mode TEXT CHECK (mode IN ('race', 'solo', 'daily', 'weekly')), category TEXT, question_type TEXT CHECK (question_type IN ('multiple_choice', 'true_false', 'fill_blank')), rounds INTEGER CHECK (rounds BETWEEN 1 AND 20), locale TEXT, challenge_date DATE,
    FOREIGN KEY (user_id) REFERENCES users (user_id) ON DELETE CASCADE,
    FOREIGN KEY (question_id) REFERENCES questions (id) ON DELETE SET NULL
);

CREATE TABLE question_reports (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    question_id INTEGER NOT NULL,
    user_id BIGINT NOT NULL,
    guild_id BIGINT,
    reason TEXT NOT NULL CHECK (reason IN ('wrong', 'unclear', 'typo', 'offensive', 'other')),
    note TEXT,
    created_at TIMESTAMP NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
    resolved_at TIMESTAMP,
    FOREIGN KEY (question_id) REFERENCES questions (id) ON DELETE CASCADE,
    FOREIGN KEY (user_id) REFERENCES users (user_id) ON DELETE CASCADE
);

CREATE TABLE guilds (
    guild_id BIGINT NOT NULL PRIMARY KEY,
    locale TEXT,
    time_limit INTEGER NOT NULL DEFAULT 30 CHECK (time_limit BETWEEN 5 AND 300),
    points_easy INTEGER NOT NULL DEFAULT 10 CHECK (points_easy BETWEEN 1 AND 100),
    points_medium INTEGER NOT NULL DEFAULT 20 CHECK (points_medium BETWEEN 1 AND 100),
    points_hard INTEGER NOT NULL DEFAULT 30 CHECK (points_hard BETWEEN 1 AND 100),
    daily_multiplier INTEGER NOT NULL DEFAULT 2 CHECK (daily_multiplier BETWEEN 1 AND 10),
    weekly_multiplier INTEGER NOT NULL DEFAULT 3 CHECK (weekly_multiplier BETWEEN 1 AND 10),
    weekly_channel_id BIGINT,
    weekly_posted DATE,
    created_at TIMESTAMP NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now'))
);

CREATE TABLE guild_channels (
    guild_id BIGINT NOT NULL,
    channel_id BIGINT NOT NULL,
    PRIMARY KEY (guild_id, channel_id),
    FOREIGN KEY (guild_id) REFERENCES guilds (guild_id) ON DELETE CASCADE
);

CREATE TABLE guild_hidden_questions (
    guild_id BIGINT NOT NULL,
    question_id INTEGER NOT NULL,
    PRIMARY KEY (guild_id, question_id),
    FOREIGN KEY (guild_id) REFERENCES guilds (guild_id) ON DELETE CASCADE,
    FOREIGN KEY (question_id) REFERENCES questions (id) ON DELETE CASCADE
);

CREATE TABLE user_progress (
    user_id BIGINT NOT NULL PRIMARY KEY,
    right_easy INTEGER NOT NULL DEFAULT 0 CHECK (right_easy >= 0),
    right_medium INTEGER NOT NULL DEFAULT 0 CHECK (right_medium >= 0),
    right_hard INTEGER NOT NULL DEFAULT 0 CHECK (right_hard >= 0),
    dailies INTEGER NOT NULL DEFAULT 0 CHECK (dailies >= 0),
    weeklies INTEGER NOT NULL DEFAULT 0 CHECK (weeklies >= 0),
    day_streak INTEGER NOT NULL DEFAULT 0 CHECK (day_streak >= 0),
    best_day_streak INTEGER NOT NULL DEFAULT 0 CHECK (best_day_streak >= 0),
    last_day DATE,
    FOREIGN KEY (user_id) REFERENCES users (user_id) ON DELETE CASCADE
);

CREATE TABLE game_rounds (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    session_id INTEGER NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 1),
    question_id INTEGER,
    options TEXT NOT NULL DEFAULT '[]',
    points INTEGER NOT NULL CHECK (points >= 0),
    message_id BIGINT,
    asked_at TIMESTAMP NOT NULL,
    deadline TIMESTAMP NOT NULL,
    closed_at TIMESTAMP,
    winner_id BIGINT,
    FOREIGN KEY (session_id) REFERENCES game_sessions (id) ON DELETE CASCADE,
    FOREIGN KEY (question_id) REFERENCES questions (id) ON DELETE SET NULL,
    FOREIGN KEY (winner_id) REFERENCES users (user_id) ON DELETE SET NULL
);

CREATE TABLE running_games (
    session_id INTEGER NOT NULL PRIMARY KEY,
    busy_channel_id BIGINT,
    guild_id BIGINT,
    round_id INTEGER,
    step TEXT NOT NULL CHECK (step IN ('ask', 'open', 'reveal', 'wait', 'end')),
    due_at TIMESTAMP NOT NULL,
    lease_until TIMESTAMP,
    attempts INTEGER NOT NULL DEFAULT 0,
    reply_token TEXT,
    reply_until TIMESTAMP,
    FOREIGN KEY (session_id) REFERENCES game_sessions (id) ON DELETE CASCADE,
    FOREIGN KEY (round_id) REFERENCES game_rounds (id) ON DELETE SET NULL
);

CREATE TABLE answers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    round_id INTEGER,
    user_id BIGINT NOT NULL,
    question_id INTEGER,
    guild_id BIGINT,
    given TEXT,
    is_correct BOOLEAN NOT NULL CHECK (is_correct IN (0, 1)),
    points INTEGER NOT NULL DEFAULT 0 CHECK (points >= 0),
    milliseconds INTEGER CHECK (milliseconds >= 0),
    answered_at TIMESTAMP NOT NULL,
    FOREIGN KEY (round_id) REFERENCES game_rounds (id) ON DELETE SET NULL,
    FOREIGN KEY (user_id) REFERENCES users (user_id) ON DELETE CASCADE,
    FOREIGN KEY (question_id) REFERENCES questions (id) ON DELETE SET NULL
);

CREATE TABLE challenge_questions (
    kind TEXT NOT NULL CHECK (kind IN ('daily', 'weekly')),
    start DATE NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 1),
    question_id INTEGER NOT NULL,
    PRIMARY KEY (kind, start, number),
    FOREIGN KEY (question_id) REFERENCES questions (id) ON DELETE CASCADE
);

CREATE TABLE monthly_rankings (
    user_id BIGINT NOT NULL,
    month_start DATE NOT NULL,
    points INTEGER NOT NULL DEFAULT 0 CHECK (points >= 0),
    PRIMARY KEY (user_id, month_start),
    FOREIGN KEY (user_id) REFERENCES users (user_id) ON DELETE CASCADE
);

CREATE TABLE guild_rankings (
    guild_id BIGINT NOT NULL,
    period TEXT NOT NULL CHECK (period IN ('all', 'week', 'month')),
    start DATE NOT NULL,
    user_id BIGINT NOT NULL,
    points INTEGER NOT NULL DEFAULT 0 CHECK (points >= 0),
    PRIMARY KEY (guild_id, period, start, user_id),
    FOREIGN KEY (user_id) REFERENCES users (user_id) ON DELETE CASCADE
);

CREATE TABLE rank_counts (
    board TEXT NOT NULL,
    width INTEGER NOT NULL CHECK (width IN (1, 1024)),
    bucket INTEGER NOT NULL,
    players INTEGER NOT NULL,
    PRIMARY KEY (board, width, bucket)
) WITHOUT ROWID;

CREATE TABLE question_buckets (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id BIGINT NOT NULL DEFAULT 0,
    locale TEXT NOT NULL,
    difficulty TEXT NOT NULL,
    category TEXT NOT NULL,
    question_type TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size >= 0)
);

CREATE TABLE question_slots (
    bucket_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    question_id INTEGER NOT NULL,
    PRIMARY KEY (bucket_id, position),
    FOREIGN KEY (bucket_id) REFERENCES question_buckets (id) ON DELETE CASCADE,
    FOREIGN KEY (question_id) REFERENCES questions (id) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE channel_pools (
    channel_id BIGINT NOT NULL,
    bucket_id INTEGER NOT NULL,
    first INTEGER NOT NULL,
    size INTEGER NOT NULL,
    remaining INTEGER NOT NULL CHECK (remaining BETWEEN 0 AND size),
    PRIMARY KEY (channel_id, bucket_id, first),
    FOREIGN KEY (bucket_id) REFERENCES question_buckets (id) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE channel_draws (
    channel_id BIGINT NOT NULL,
    bucket_id INTEGER NOT NULL,
    first INTEGER NOT NULL,
    place INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (channel_id, bucket_id, first, place),
    FOREIGN KEY (bucket_id) REFERENCES question_buckets (id) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE friendships (
    user_low BIGINT NOT NULL,
    user_high BIGINT NOT NULL,
    asked_by BIGINT NOT NULL,
    asked_at TIMESTAMP NOT NULL,
    accepted_at TIMESTAMP,
    PRIMARY KEY (user_low, user_high),
    CHECK (user_low < user_high),
    CHECK (asked_by IN (user_low, user_high)),
    FOREIGN KEY (user_low) REFERENCES users (user_id) ON DELETE CASCADE,
    FOREIGN KEY (user_high) REFERENCES users (user_id) ON DELETE CASCADE
);

CREATE TABLE player_groups (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    code TEXT NOT NULL,
    owner_id BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    FOREIGN KEY (owner_id) REFERENCES users (user_id) ON DELETE CASCADE
);

CREATE TABLE player_group_members (
    group_id INTEGER NOT NULL,
    user_id BIGINT NOT NULL,
    joined_at TIMESTAMP NOT NULL,
    PRIMARY KEY (group_id, user_id),
    FOREIGN KEY (group_id) REFERENCES player_groups (id) ON DELETE CASCADE,
    FOREIGN KEY (user_id) REFERENCES users (user_id) ON DELETE CASCADE
);

CREATE TABLE game_sessions_archive (
    id INTEGER NOT NULL PRIMARY KEY,
    channel_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    question_id INTEGER,
    difficulty TEXT,
    start_time TIMESTAMP,
    end_time TIMESTAMP,
    is_completed BOOLEAN,
    is_challenge BOOLEAN,
    guild_id BIGINT,
    mode TEXT,
    category TEXT,
    question_type TEXT,
    rounds INTEGER,
    locale TEXT,
    challenge_date DATE,
    archived_at TIMESTAMP NOT NULL
);

CREATE TABLE game_rounds_archive (
    id INTEGER NOT NULL PRIMARY KEY,
    session_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    question_id INTEGER,
    options TEXT NOT NULL,
    points INTEGER NOT NULL,
    message_id BIGINT,
    asked_at TIMESTAMP NOT NULL,
    deadline TIMESTAMP NOT NULL,
    closed_at TIMESTAMP,
    winner_id BIGINT,
    archived_at TIMESTAMP NOT NULL
);

CREATE TABLE answer_rounds_archive (
    answer_id INTEGER NOT NULL PRIMARY KEY,
    round_id INTEGER NOT NULL
);

CREATE TABLE weekly_rankings_archive (
    id INTEGER NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL,
    week_start DATE NOT NULL,
    points INTEGER,
    rank INTEGER,
    archived_at TIMESTAMP NOT NULL
);

CREATE TABLE archive_runs (
    id TEXT NOT NULL PRIMARY KEY,
    archived_at TIMESTAMP NOT NULL,
    older_than DATE NOT NULL,
    rows_moved INTEGER NOT NULL CHECK (rows_moved >= 0)
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

CREATE INDEX idx_questions_guild ON questions (guild_id);

CREATE UNIQUE INDEX question_reports_question_id_user_id_key ON question_reports (question_id, user_id);

CREATE INDEX idx_question_reports_user ON question_reports (user_id);

CREATE INDEX idx_question_reports_open ON question_reports (guild_id, resolved_at);

CREATE INDEX idx_guild_hidden_questions_question ON guild_hidden_questions (question_id);

CREATE INDEX idx_guilds_weekly_channel ON guilds (weekly_channel_id);

CREATE UNIQUE INDEX game_sessions_user_id_mode_challenge_date_key ON game_sessions (user_id, mode, challenge_date);

CREATE UNIQUE INDEX game_rounds_session_id_number_key ON game_rounds (session_id, number);

CREATE INDEX idx_game_rounds_question ON game_rounds (question_id);

CREATE INDEX idx_game_rounds_winner ON game_rounds (winner_id);

CREATE UNIQUE INDEX running_games_busy_channel_id_key ON running_games (busy_channel_id);

CREATE INDEX idx_running_games_due ON running_games (due_at);

CREATE INDEX idx_running_games_round ON running_games (round_id);

CREATE UNIQUE INDEX answers_round_id_user_id_key ON answers (round_id, user_id);

CREATE INDEX idx_answers_user_time ON answers (user_id, answered_at DESC);

CREATE INDEX idx_answers_question ON answers (question_id);

CREATE INDEX idx_challenge_questions_question ON challenge_questions (question_id);

CREATE INDEX idx_weekly_rankings_week_points ON weekly_rankings (week_start, points DESC);

CREATE INDEX idx_monthly_rankings_month_points ON monthly_rankings (month_start, points DESC);

CREATE INDEX idx_guild_rankings_points ON guild_rankings (guild_id, period, start, points DESC);

CREATE INDEX idx_guild_rankings_user ON guild_rankings (user_id);

CREATE UNIQUE INDEX question_buckets_guild_id_locale_difficulty_category_question_type_key
    ON question_buckets (guild_id, locale, difficulty, category, question_type);

CREATE UNIQUE INDEX question_slots_question_id_key ON question_slots (question_id);

CREATE INDEX idx_channel_pools_bucket ON channel_pools (bucket_id);

CREATE INDEX idx_channel_draws_bucket ON channel_draws (bucket_id);

CREATE INDEX idx_friendships_high ON friendships (user_high);

CREATE UNIQUE INDEX player_groups_code_key ON player_groups (code);

CREATE INDEX idx_player_groups_owner ON player_groups (owner_id);

CREATE INDEX idx_player_group_members_user ON player_group_members (user_id);

CREATE INDEX idx_game_sessions_archive_user ON game_sessions_archive (user_id);

CREATE INDEX idx_game_rounds_archive_session ON game_rounds_archive (session_id);

CREATE INDEX idx_game_rounds_archive_winner ON game_rounds_archive (winner_id);

CREATE INDEX idx_weekly_rankings_archive_user ON weekly_rankings_archive (user_id, points DESC);

CREATE TRIGGER users_count_in AFTER INSERT ON users WHEN NEW.total_points > 0
BEGIN
    INSERT INTO rank_counts (board, width, bucket, players)
    SELECT 'all', 1024, NEW.total_points / 1024, 1 WHERE NEW.total_points > 0 UNION ALL SELECT 'all', 1, NEW.total_points, 1 WHERE NEW.total_points > 0
    ON CONFLICT (board, width, bucket) DO UPDATE SET players = players + 1;
END;

CREATE TRIGGER users_count_change AFTER UPDATE OF total_points ON users WHEN OLD.total_points IS NOT NEW.total_points
BEGIN
    UPDATE rank_counts SET players = players - 1 WHERE board = 'all' AND width = 1024 AND bucket = OLD.total_points / 1024 AND OLD.total_points > 0;
    UPDATE rank_counts SET players = players - 1 WHERE board = 'all' AND width = 1 AND bucket = OLD.total_points AND OLD.total_points > 0;
    DELETE FROM rank_counts WHERE board = 'all' AND width = 1 AND bucket = OLD.total_points AND players <= 0;
    INSERT INTO rank_counts (board, width, bucket, players)
    SELECT 'all', 1024, NEW.total_points / 1024, 1 WHERE NEW.total_points > 0 UNION ALL SELECT 'all', 1, NEW.total_points, 1 WHERE NEW.total_points > 0
    ON CONFLICT (board, width, bucket) DO UPDATE SET players = players + 1;
END;

CREATE TRIGGER users_count_out AFTER DELETE ON users WHEN OLD.total_points > 0
BEGIN
    UPDATE rank_counts SET players = players - 1 WHERE board = 'all' AND width = 1024 AND bucket = OLD.total_points / 1024 AND OLD.total_points > 0;
    UPDATE rank_counts SET players = players - 1 WHERE board = 'all' AND width = 1 AND bucket = OLD.total_points AND OLD.total_points > 0;
    DELETE FROM rank_counts WHERE board = 'all' AND width = 1 AND bucket = OLD.total_points AND players <= 0;
END;

CREATE TRIGGER weekly_rankings_count_in AFTER INSERT ON weekly_rankings WHEN NEW.points > 0
BEGIN
    INSERT INTO rank_counts (board, width, bucket, players)
    SELECT 'week:' || NEW.week_start, 1024, NEW.points / 1024, 1 WHERE NEW.points > 0 UNION ALL SELECT 'week:' || NEW.week_start, 1, NEW.points, 1 WHERE NEW.points > 0
    ON CONFLICT (board, width, bucket) DO UPDATE SET players = players + 1;
END;

CREATE TRIGGER weekly_rankings_count_change AFTER UPDATE OF points ON weekly_rankings WHEN OLD.points IS NOT NEW.points
BEGIN
    UPDATE rank_counts SET players = players - 1 WHERE board = 'week:' || OLD.week_start AND width = 1024 AND bucket = OLD.points / 1024 AND OLD.points > 0;
    UPDATE rank_counts SET players = players - 1 WHERE board = 'week:' || OLD.week_start AND width = 1 AND bucket = OLD.points AND OLD.points > 0;
    DELETE FROM rank_counts WHERE board = 'week:' || OLD.week_start AND width = 1 AND bucket = OLD.points AND players <= 0;
    INSERT INTO rank_counts (board, width, bucket, players)
    SELECT 'week:' || NEW.week_start, 1024, NEW.points / 1024, 1 WHERE NEW.points > 0 UNION ALL SELECT 'week:' || NEW.week_start, 1, NEW.points, 1 WHERE NEW.points > 0
    ON CONFLICT (board, width, bucket) DO UPDATE SET players = players + 1;
END;

CREATE TRIGGER weekly_rankings_count_out AFTER DELETE ON weekly_rankings WHEN OLD.points > 0
BEGIN
    UPDATE rank_counts SET players = players - 1 WHERE board = 'week:' || OLD.week_start AND width = 1024 AND bucket = OLD.points / 1024 AND OLD.points > 0;
    UPDATE rank_counts SET players = players - 1 WHERE board = 'week:' || OLD.week_start AND width = 1 AND bucket = OLD.points AND OLD.points > 0;
    DELETE FROM rank_counts WHERE board = 'week:' || OLD.week_start AND width = 1 AND bucket = OLD.points AND players <= 0;
END;

CREATE TRIGGER monthly_rankings_count_in AFTER INSERT ON monthly_rankings WHEN NEW.points > 0
BEGIN
    INSERT INTO rank_counts (board, width, bucket, players)
    SELECT 'month:' || NEW.month_start, 1024, NEW.points / 1024, 1 WHERE NEW.points > 0 UNION ALL SELECT 'month:' || NEW.month_start, 1, NEW.points, 1 WHERE NEW.points > 0
    ON CONFLICT (board, width, bucket) DO UPDATE SET players = players + 1;
END;

CREATE TRIGGER monthly_rankings_count_change AFTER UPDATE OF points ON monthly_rankings WHEN OLD.points IS NOT NEW.points
BEGIN
    UPDATE rank_counts SET players = players - 1 WHERE board = 'month:' || OLD.month_start AND width = 1024 AND bucket = OLD.points / 1024 AND OLD.points > 0;
    UPDATE rank_counts SET players = players - 1 WHERE board = 'month:' || OLD.month_start AND width = 1 AND bucket = OLD.points AND OLD.points > 0;
    DELETE FROM rank_counts WHERE board = 'month:' || OLD.month_start AND width = 1 AND bucket = OLD.points AND players <= 0;
    INSERT INTO rank_counts (board, width, bucket, players)
    SELECT 'month:' || NEW.month_start, 1024, NEW.points / 1024, 1 WHERE NEW.points > 0 UNION ALL SELECT 'month:' || NEW.month_start, 1, NEW.points, 1 WHERE NEW.points > 0
    ON CONFLICT (board, width, bucket) DO UPDATE SET players = players + 1;
END;

CREATE TRIGGER monthly_rankings_count_out AFTER DELETE ON monthly_rankings WHEN OLD.points > 0
BEGIN
    UPDATE rank_counts SET players = players - 1 WHERE board = 'month:' || OLD.month_start AND width = 1024 AND bucket = OLD.points / 1024 AND OLD.points > 0;
    UPDATE rank_counts SET players = players - 1 WHERE board = 'month:' || OLD.month_start AND width = 1 AND bucket = OLD.points AND OLD.points > 0;
    DELETE FROM rank_counts WHERE board = 'month:' || OLD.month_start AND width = 1 AND bucket = OLD.points AND players <= 0;
END;

CREATE TRIGGER guild_rankings_count_in AFTER INSERT ON guild_rankings WHEN NEW.points > 0
BEGIN
    INSERT INTO rank_counts (board, width, bucket, players)
    SELECT 'guild:' || NEW.guild_id || ':' || NEW.period || ':' || NEW.start, 1024, NEW.points / 1024, 1 WHERE NEW.points > 0 UNION ALL SELECT 'guild:' || NEW.guild_id || ':' || NEW.period || ':' || NEW.start, 1, NEW.points, 1 WHERE NEW.points > 0
    ON CONFLICT (board, width, bucket) DO UPDATE SET players = players + 1;
END;

CREATE TRIGGER guild_rankings_count_change AFTER UPDATE OF points ON guild_rankings WHEN OLD.points IS NOT NEW.points
BEGIN
    UPDATE rank_counts SET players = players - 1 WHERE board = 'guild:' || OLD.guild_id || ':' || OLD.period || ':' || OLD.start AND width = 1024 AND bucket = OLD.points / 1024 AND OLD.points > 0;
    UPDATE rank_counts SET players = players - 1 WHERE board = 'guild:' || OLD.guild_id || ':' || OLD.period || ':' || OLD.start AND width = 1 AND bucket = OLD.points AND OLD.points > 0;
    DELETE FROM rank_counts WHERE board = 'guild:' || OLD.guild_id || ':' || OLD.period || ':' || OLD.start AND width = 1 AND bucket = OLD.points AND players <= 0;
    INSERT INTO rank_counts (board, width, bucket, players)
    SELECT 'guild:' || NEW.guild_id || ':' || NEW.period || ':' || NEW.start, 1024, NEW.points / 1024, 1 WHERE NEW.points > 0 UNION ALL SELECT 'guild:' || NEW.guild_id || ':' || NEW.period || ':' || NEW.start, 1, NEW.points, 1 WHERE NEW.points > 0
    ON CONFLICT (board, width, bucket) DO UPDATE SET players = players + 1;
END;

CREATE TRIGGER guild_rankings_count_out AFTER DELETE ON guild_rankings WHEN OLD.points > 0
BEGIN
    UPDATE rank_counts SET players = players - 1 WHERE board = 'guild:' || OLD.guild_id || ':' || OLD.period || ':' || OLD.start AND width = 1024 AND bucket = OLD.points / 1024 AND OLD.points > 0;
    UPDATE rank_counts SET players = players - 1 WHERE board = 'guild:' || OLD.guild_id || ':' || OLD.period || ':' || OLD.start AND width = 1 AND bucket = OLD.points AND OLD.points > 0;
    DELETE FROM rank_counts WHERE board = 'guild:' || OLD.guild_id || ':' || OLD.period || ':' || OLD.start AND width = 1 AND bucket = OLD.points AND players <= 0;
END;

CREATE TRIGGER questions_take_slot AFTER INSERT ON questions WHEN NEW.state = 'active'
BEGIN
    INSERT INTO question_buckets (guild_id, locale, difficulty, category, question_type, size)
    VALUES (coalesce(NEW.guild_id, 0), NEW.locale, NEW.difficulty, NEW.category, NEW.question_type, 1)
    ON CONFLICT (guild_id, locale, difficulty, category, question_type) DO UPDATE SET size = size + 1;
    INSERT INTO question_slots (bucket_id, position, question_id)
    SELECT id, size - 1, NEW.id FROM question_buckets
    WHERE guild_id = coalesce(NEW.guild_id, 0) AND locale = NEW.locale AND difficulty = NEW.difficulty
        AND category = NEW.category AND question_type = NEW.question_type;
END;

CREATE TRIGGER questions_leave_slot AFTER UPDATE OF state, guild_id, locale, difficulty, category, question_type ON questions
WHEN (OLD.state, coalesce(OLD.guild_id, 0), OLD.locale, OLD.difficulty, OLD.category, OLD.question_type)
    IS NOT (NEW.state, coalesce(NEW.guild_id, 0), NEW.locale, NEW.difficulty, NEW.category, NEW.question_type)
BEGIN
    DELETE FROM question_slots WHERE question_id = OLD.id;
    INSERT INTO question_buckets (guild_id, locale, difficulty, category, question_type, size)
    SELECT coalesce(NEW.guild_id, 0), NEW.locale, NEW.difficulty, NEW.category, NEW.question_type, 1 WHERE NEW.state = 'active'
    ON CONFLICT (guild_id, locale, difficulty, category, question_type) DO UPDATE SET size = size + 1;
    INSERT INTO question_slots (bucket_id, position, question_id)
    SELECT id, size - 1, NEW.id FROM question_buckets
    WHERE NEW.state = 'active' AND guild_id = coalesce(NEW.guild_id, 0) AND locale = NEW.locale
        AND difficulty = NEW.difficulty AND category = NEW.category AND question_type = NEW.question_type;
END;
