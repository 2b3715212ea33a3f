-- Version 10: friends and groups. A friendship is one row, whoever asked: user_low is the smaller id.

CREATE TABLE friendships (
    user_low BIGINT NOT NULL,
    user_high BIGINT NOT NULL,
    asked_by BIGINT NOT NULL,
    asked_at TIMESTAMP NOT NULL,
    accepted_at TIMESTAMP,
    PRIMARY KEY (user_low, user_high),
    CHECK (user_low < user_high),
    CHECK (asked_by IN (user_low, user_high)),
    FOREIGN KEY (user_low) REFERENCES users (user_id) ON DELETE CASCADE,
    FOREIGN KEY (user_high) REFERENCES users (user_id) ON DELETE CASCADE
);

CREATE TABLE player_groups (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    code TEXT NOT NULL,
    owner_id BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    FOREIGN KEY (owner_id) REFERENCES users (user_id) ON DELETE CASCADE
);

CREATE TABLE player_group_members (
    group_id INTEGER NOT NULL,
    user_id BIGINT NOT NULL,
    joined_at TIMESTAMP NOT NULL,
    PRIMARY KEY (group_id, user_id),
    FOREIGN KEY (group_id) REFERENCES player_groups (id) ON DELETE CASCADE,
    FOREIGN KEY (user_id) REFERENCES users (user_id) ON DELETE CASCADE
);

CREATE INDEX idx_friendships_high ON friendships (user_high);
CREATE UNIQUE INDEX player_groups_code_key ON player_groups (code);
CREATE INDEX idx_player_groups_owner ON player_groups (owner_id);
CREATE INDEX idx_player_group_members_user ON player_group_members (user_id);

INSERT INTO schema_version (version) VALUES (10);
