/**
 * Tables whose content follows from other tables: triggers keep them. Nothing is lost with a row of theirs, and a
 * change of their sources changes them too.
 */
export const derivedTables: readonly string[] = ['rank_counts', 'question_buckets', 'question_slots']

/** The triggers that keep them: whoever moves rows with other triggers away leaves these. */
export const derivedTriggers: readonly string[] = [
  ...['users', 'weekly_rankings', 'monthly_rankings', 'guild_rankings'].flatMap((table) => ['in', 'change', 'out'].map((way) => `${table}_count_${way}`)),
  'questions_take_slot', 'questions_leave_slot',
]

/** What a foreign key does where foreign keys are on, by the table that it does it to. */
export const derivedClearing: Readonly<Record<string, string>> = {
  question_slots: 'DELETE FROM question_slots WHERE NOT EXISTS (SELECT 1 FROM questions AS q WHERE q.id = question_slots.question_id)',
}
