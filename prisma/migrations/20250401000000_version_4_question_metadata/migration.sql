-- Version 4: where a question comes from, whose it is, and what players say of it.
--
-- * guild_id: the server that a question belongs to; NULL for questions that are everybody's.
-- * state: a retired question is not asked any more, but its answers keep their question.
-- * A player reports a question once.

ALTER TABLE questions ADD COLUMN source TEXT;
ALTER TABLE questions ADD COLUMN licence TEXT;
ALTER TABLE questions ADD COLUMN author TEXT;
ALTER TABLE questions ADD COLUMN locale TEXT NOT NULL DEFAULT 'en';
ALTER TABLE questions ADD COLUMN tags TEXT;
ALTER TABLE questions ADD COLUMN state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'retired'));
ALTER TABLE questions ADD COLUMN guild_id BIGINT;
ALTER TABLE questions ADD COLUMN added_by BIGINT;

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

CREATE INDEX idx_questions_guild ON questions (guild_id);
CREATE UNIQUE INDEX question_reports_question_id_user_id_key ON question_reports (question_id, user_id);
CREATE INDEX idx_question_reports_user ON question_reports (user_id);
CREATE INDEX idx_question_reports_open ON question_reports (guild_id, resolved_at);

INSERT INTO schema_version (version) VALUES (4);
