-- Version 6: what achievements count, and the names that interactions have shown.
--
-- * user_progress begins at nothing: the older system kept no such counts, and sessions do not tell
--   whether an answer was right.
-- * bonus: the points that came with an achievement, so that a player's points can be added up.

ALTER TABLE users ADD COLUMN name TEXT;
ALTER TABLE user_achievements ADD COLUMN bonus INTEGER NOT NULL DEFAULT 0 CHECK (bonus >= 0);

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

INSERT INTO schema_version (version) VALUES (6);
