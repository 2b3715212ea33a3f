/** The table that rows of a table go to when they are archived: the same columns, and when that was. */
export function archiveOf(table: string): string {
  return `${table}_archive`
}
