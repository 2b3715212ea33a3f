/** What a backup can be made for by hand; pre_restore ones are made by restore. */
export const backupTypes = ['manual', 'daily', 'weekly', 'pre_migration', 'post_migration'] as const
export type BackupType = (typeof backupTypes)[number]
