/** What may be wrong with a question: the words of the schema's CHECK. */
export const reportReasons = ['wrong', 'unclear', 'typo', 'offensive', 'other'] as const

export type ReportReason = (typeof reportReasons)[number]
