-- Version 8: rankings of a month and of each server, and a player's rank without counting players.
--
-- * weekly_rankings stays everybody's week; monthly_rankings is everybody's month; guild_rankings are a server's own.
--   The start of an all-time ranking is 1970-01-01, so that the key is complete.
-- * rank_counts tells how many players have how many points: by single points, and by 1,024 points at once. A rank is
--   the sum of some hundred of its rows, with a thousand players or a million. Triggers keep it, whoever writes.

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

INSERT INTO rank_counts (board, width, bucket, players)
SELECT 'all', 1024, total_points / 1024, count(*) FROM users WHERE total_points > 0 GROUP BY 3;
INSERT INTO rank_counts (board, width, bucket, players)
SELECT 'all', 1, total_points, count(*) FROM users WHERE total_points > 0 GROUP BY 3;
INSERT INTO rank_counts (board, width, bucket, players)
SELECT 'week:' || week_start, 1024, points / 1024, count(*) FROM weekly_rankings WHERE points > 0 GROUP BY 1, 3;
INSERT INTO rank_counts (board, width, bucket, players)
SELECT 'week:' || week_start, 1, points, count(*) FROM weekly_rankings WHERE points > 0 GROUP BY 1, 3;

CREATE INDEX idx_weekly_rankings_week_points ON weekly_rankings (week_start, points DESC);
CREATE INDEX idx_monthly_rankings_month_points ON monthly_rankings (month_start, points DESC);
CREATE INDEX idx_guild_rankings_points ON guild_rankings (guild_id, period, start, points DESC);
CREATE INDEX idx_guild_rankings_user ON guild_rankings (user_id);

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

INSERT INTO schema_version (version) VALUES (8);
