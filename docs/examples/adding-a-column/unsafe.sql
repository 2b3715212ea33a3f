ALTER TABLE users ADD COLUMN level TEXT NOT NULL;

UPDATE users SET level = 'regular';

INSERT INTO schema_version (version) VALUES (11);
