-- Version 11: levels. Whoever has answered a hundred questions is a regular.

ALTER TABLE users ADD COLUMN "level" TEXT NOT NULL DEFAULT 'newcomer' CHECK (level IN ('newcomer', 'regular'));

UPDATE users SET level = 'regular' WHERE questions_answered >= 100;

INSERT INTO schema_version (version) VALUES (11);
