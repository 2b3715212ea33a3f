-- Version 2: the guide's own example. Players get a time zone and preferences.

ALTER TABLE users ADD COLUMN timezone TEXT DEFAULT 'UTC';

CREATE TABLE user_preferences (
    user_id INTEGER PRIMARY KEY,
    theme TEXT DEFAULT 'default',
    notifications_enabled BOOLEAN DEFAULT TRUE,
    FOREIGN KEY (user_id) REFERENCES users (user_id) ON DELETE CASCADE
);

INSERT INTO schema_version (version) VALUES (2);
