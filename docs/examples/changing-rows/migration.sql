-- Version 11: fifty points for streaks of ten and more, for the anniversary.

UPDATE users SET total_points = total_points + 50 WHERE best_streak >= 10;

INSERT INTO schema_version (version) VALUES (11);
