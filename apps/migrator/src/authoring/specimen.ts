import type { Migration } from '../migrations/folder.ts'
import { withDatabase } from '../sqlite/connection.ts'

/** The guide's version 1 never changes again, nor do these rows of it. */
const ROWS = `
INSERT INTO schema_version (version, applied_at) VALUES (1, '2025-07-20 18:04:11');

INSERT INTO users VALUES
    (80351110224678912, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL, '2025-07-20 18:05:00'),
    (175928847299117063, 120, 14, 9, 2, 5, '2026-03-01 21:14:09', '2026-03-01', NULL, 'easy', '2025-08-02 09:30:12.345678'),
    (308994132968210433, 120, 30, 9, 0, 4, '2026-07-10 12:00:00.123456', NULL, '2026-07-06', 'hard', '2025-09-14 22:10:45'),
    (693145210883522560, 2048, 301, 187, 11, 25, '2026-10-25 02:30:00', '2026-10-25', '2026-10-19', 'medium', '2025-10-01 00:00:00'),
    (1099511627776000001, 10, 1, 1, 1, 1, '2026-03-29 02:30:00', NULL, NULL, NULL, '2026-03-29 02:29:00'),
    (1400000000000000000, 35, 6, 3, 0, 2, NULL, NULL, NULL, 'medium', '2026-11-01 08:00:00');

INSERT INTO questions (id, question_text, question_type, difficulty, category, correct_answer, options, answer_variations, explanation, point_value, times_asked, times_correct, created_at) VALUES
    (1, 'Which planet is red?', 'multiple_choice', 'easy', 'Science', 'Mars', '["Venus", "Mars", "Jupiter", "Saturn"]', NULL, 'Iron oxide.', 10, 40, 31, '2025-07-21 10:00:00'),
    (2, 'Who wrote the first program?', 'multiple_choice', 'medium', 'Science: Computers', '2', '["Alan Turing", "Grace Hopper", "Ada Lovelace"]', NULL, NULL, 20, 12, 0, '2025-07-21 10:00:01'),
    (3, 'How many strings has a bass?', 'multiple_choice', 'hard', 'Entertainment: Music', '4', '["3", "4", "5"]', NULL, NULL, 30, 0, 0, '2025-07-21 10:00:02'),
    (4, 'Water boils at 100 °C at sea level.', 'true_false', 'easy', 'Science', 'true', NULL, NULL, NULL, 10, 7, 7, '2025-07-21 10:00:03'),
    (7, 'The capital of Brazil is …', 'fill_blank', 'medium', 'Geography', 'Brasília', NULL, '["Brasilia"]', NULL, 20, 9, 4, '2025-08-03 10:00:00');

INSERT INTO user_achievements (user_id, achievement_id, unlocked_at) VALUES
    (175928847299117063, 'hot_streak', '2026-02-01 20:00:00'),
    (693145210883522560, 'hot_streak', '2025-10-02 19:45:31'),
    (693145210883522560, 'points_1000', '2026-05-05 05:05:05'),
    (693145210883522560, 'galaxy_expert', '2026-08-18 23:59:59');

INSERT INTO weekly_rankings (user_id, week_start, points, rank) VALUES
    (175928847299117063, '2026-10-19', 40, 2),
    (693145210883522560, '2026-10-19', 310, 1),
    (693145210883522560, '2026-10-26', 120, NULL),
    (308994132968210433, '2026-10-26', 0, NULL);

INSERT INTO game_sessions (channel_id, user_id, question_id, difficulty, start_time, end_time, is_completed, is_challenge) VALUES
    (812345678901234567, 175928847299117063, 1, 'easy', '2026-03-01 21:13:40', '2026-03-01 21:14:09', 1, 0),
    (812345678901234567, 693145210883522560, 7, 'medium', '2026-10-25 02:29:00', '2026-10-25 02:30:00', 1, 1),
    (812345678901234568, 693145210883522560, NULL, NULL, '2026-10-25 02:31:00', NULL, 0, 0),
    (812345678901234568, 1099511627776000001, 4, 'easy', '2026-03-29 02:29:30', '2026-03-29 02:30:00', 1, 0);

DELETE FROM game_sessions WHERE id = 4;
`

/**
 * Makes a small database of version 1 as the older system left them: ids above 2^53, equal points, times with and
 * without fractions and in hours that a change of clocks repeats or skips, an answer as text and one as index, numbers
 * of rows that are gone.
 *
 * @param baseline the migration that is version 1
 */
export function makeSpecimen(path: string, baseline: Migration): void {
  withDatabase(path, { create: true }, (connection) => {
    connection.exec(baseline.sql)
    // The migration enters its version itself, with the time of today.
    connection.exec(`DELETE FROM schema_version; ${ROWS}`)
  })
}
