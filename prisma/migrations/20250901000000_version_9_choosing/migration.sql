-- Version 9: a question is chosen in the same time from 500 or from a million, each with the same chance, and not
-- twice in a channel until all were asked.
--
-- Questions that are alike in server, language, difficulty, category and type share a bucket, where each has a position.
-- A channel keeps what is left of a bucket as the state of an unfinished shuffle (Fisher and Yates): how many are
-- left, and the few places whose content was moved. Positions are never used again: the place of a question that was
-- retired or moved stays empty, and is drawn over.
--
-- first and size of a channel's pool say which positions it covers: questions that came later make another pool.

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

INSERT INTO question_buckets (guild_id, locale, difficulty, category, question_type, size)
SELECT coalesce(guild_id, 0), locale, difficulty, category, question_type, count(*)
FROM questions WHERE state = 'active' GROUP BY 1, 2, 3, 4, 5;

INSERT INTO question_slots (bucket_id, position, question_id)
SELECT b.id, row_number() OVER (PARTITION BY b.id ORDER BY q.id) - 1, q.id
FROM questions AS q
JOIN question_buckets AS b ON b.guild_id = coalesce(q.guild_id, 0) AND b.locale = q.locale
    AND b.difficulty = q.difficulty AND b.category = q.category AND b.question_type = q.question_type
WHERE q.state = 'active';

CREATE UNIQUE INDEX question_buckets_guild_id_locale_difficulty_category_question_type_key
    ON question_buckets (guild_id, locale, difficulty, category, question_type);
CREATE UNIQUE INDEX question_slots_question_id_key ON question_slots (question_id);
CREATE INDEX idx_channel_pools_bucket ON channel_pools (bucket_id);
CREATE INDEX idx_channel_draws_bucket ON channel_draws (bucket_id);

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

INSERT INTO schema_version (version) VALUES (9);
