-- Version 7: games with rounds, and answers as rows of their own. All that a running game needs is here, so that
-- it goes on after a restart.
--
-- * A row of running_games lives as long as its game. busy_channel_id is unique: one game a channel.
-- * due_at is when the game wants attention next; lease_until keeps two processes from giving it twice.
-- * One answer a player and round; one daily a player and day, one weekly a player and week.
-- * Sessions of the older system have no mode.

ALTER TABLE game_sessions ADD COLUMN guild_id BIGINT;
ALTER TABLE game_sessions ADD COLUMN mode TEXT CHECK (mode IN ('race', 'solo', 'daily', 'weekly'));
ALTER TABLE game_sessions ADD COLUMN category TEXT;
ALTER TABLE game_sessions ADD COLUMN question_type TEXT CHECK (question_type IN ('multiple_choice', 'true_false', 'fill_blank'));
ALTER TABLE game_sessions ADD COLUMN rounds INTEGER CHECK (rounds BETWEEN 1 AND 20);
ALTER TABLE game_sessions ADD COLUMN locale TEXT;
ALTER TABLE game_sessions ADD COLUMN challenge_date DATE;

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

-- Which questions a day or a week has: the same for everybody.
CREATE TABLE challenge_questions (
    kind TEXT NOT NULL CHECK (kind IN ('daily', 'weekly')),
    start DATE NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 1),
    question_id INTEGER NOT NULL,
    PRIMARY KEY (kind, start, number),
    FOREIGN KEY (question_id) REFERENCES questions (id) ON DELETE CASCADE
);

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

INSERT INTO schema_version (version) VALUES (7);
