-- Version 11: archives. "migrator archive" moves what nobody plays any more into them; nothing is lost, and the tables
-- of the game stay small. Archives have no foreign keys: what they name may be gone.
--
-- schema_version says from now on which programs a version serves: those that were made for serves_from or later.

ALTER TABLE schema_version ADD COLUMN serves_from INTEGER;

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
CREATE INDEX idx_game_sessions_archive_user ON game_sessions_archive (user_id);

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
CREATE INDEX idx_game_rounds_archive_session ON game_rounds_archive (session_id);
CREATE INDEX idx_game_rounds_archive_winner ON game_rounds_archive (winner_id);

-- Which round an answer belonged to: the answer itself stays, for the players' statistics.
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
CREATE INDEX idx_weekly_rankings_archive_user ON weekly_rankings_archive (user_id, points DESC);

-- Each time that something was moved.
CREATE TABLE archive_runs (
    id TEXT NOT NULL PRIMARY KEY,
    archived_at TIMESTAMP NOT NULL,
    older_than DATE NOT NULL,
    rows_moved INTEGER NOT NULL CHECK (rows_moved >= 0)
);

INSERT INTO schema_version (version, serves_from) VALUES (11, 10);
