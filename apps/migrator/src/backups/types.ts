/** What a backup is made for. */
export const backupTypes = ['manual', 'daily', 'weekly', 'pre_migration', 'post_migration', 'pre_restore'] as const
export type BackupType = (typeof backupTypes)[number]

/** Those that can be asked for; pre_restore ones are made by a restore only. */
export const requestedTypes = ['manual', 'daily', 'weekly', 'pre_migration', 'post_migration'] as const satisfies readonly BackupType[]
