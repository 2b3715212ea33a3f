/**
 * Tables whose content follows from other tables: triggers keep them. Nothing is lost with a row of theirs, and a
 * change of their sources changes them too.
 */
export const derivedTables: readonly string[] = ['rank_counts', 'question_buckets', 'question_slots']
