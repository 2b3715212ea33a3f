BEGIN TRANSACTION;

UPDATE users SET total_points = total_points + 50;

COMMIT;

INSERT INTO schema_version (version) VALUES (11);
