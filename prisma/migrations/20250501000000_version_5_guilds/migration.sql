-- Version 5: servers and their settings. The bounds are those of /admin config.

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

-- Where games may be played; none listed: everywhere.
CREATE TABLE guild_channels (
    guild_id BIGINT NOT NULL,
    channel_id BIGINT NOT NULL,
    PRIMARY KEY (guild_id, channel_id),
    FOREIGN KEY (guild_id) REFERENCES guilds (guild_id) ON DELETE CASCADE
);

-- Everybody's questions that a server does not want to be asked.
CREATE TABLE guild_hidden_questions (
    guild_id BIGINT NOT NULL,
    question_id INTEGER NOT NULL,
    PRIMARY KEY (guild_id, question_id),
    FOREIGN KEY (guild_id) REFERENCES guilds (guild_id) ON DELETE CASCADE,
    FOREIGN KEY (question_id) REFERENCES questions (id) ON DELETE CASCADE
);

CREATE INDEX idx_guild_hidden_questions_question ON guild_hidden_questions (question_id);
CREATE INDEX idx_guilds_weekly_channel ON guilds (weekly_channel_id);

INSERT INTO schema_version (version) VALUES (5);
