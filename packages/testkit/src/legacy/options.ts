/** How many rows break which rule. Each is a row of its own, on top of the sound ones. */
export interface BrokenRows {
  /** Players with less than no points. They have achievements, rankings and sessions like others. */
  readonly negativePoints?: number
  /** Players whose last_played is no time. */
  readonly unreadableTimes?: number
  /** Players whose total_points is a text. */
  readonly pointsAsText?: number
  /** Achievements of players who do not exist. */
  readonly orphanedAchievements?: number
  /** Rankings of players who do not exist. */
  readonly orphanedRankings?: number
  /** Sessions of players who do not exist. */
  readonly orphanedSessions?: number
  /** Sessions that name a question that does not exist. */
  readonly sessionsWithoutQuestion?: number
  /** Multiple-choice questions whose answer is an index beyond the options. */
  readonly indexOutOfRange?: number
  /** Multiple-choice questions whose options are no JSON. */
  readonly brokenJson?: number
  /** Questions of a type that there is not, let in while CHECKs were ignored. */
  readonly invalidType?: number
  /** Questions of a difficulty that there is not, let in in the same way. */
  readonly invalidDifficulty?: number
}

/** What a database of the older system is to be like. */
export interface LegacyDatabaseOptions {
  /** The same seed and options make the same content. Default 1. */
  readonly seed?: number
  /** 2 is the guide's version 2, made by hand as the guide shows. Default 1. */
  readonly version?: 1 | 2
  /** Sound rows by table. Defaults: 40 players, 32 questions, 120 sessions, 60 achievements, 60 rankings. */
  readonly players?: number
  readonly questions?: number
  readonly sessions?: number
  readonly achievements?: number
  readonly rankings?: number
  /** All 15 of the guide, 10 of them, or all and the 3 of the older system's optimizer. Default all. */
  readonly indexes?: 'all' | 'ten' | 'eighteen'
  /** Default wal, as the older system has it. */
  readonly journalMode?: 'wal' | 'delete'
  /** The guide's DDL to the letter, or the same in other white space and case and with comments. Default guide. */
  readonly ddlStyle?: 'guide' | 'odd'
  readonly broken?: BrokenRows
  /** Local times (created_at and last_played) for the first players, in this order; further players get random ones. */
  readonly userTimes?: readonly string[]
  /** SQL to run at the end: whatever else such a database may have. */
  readonly afterwards?: string
}

/** A database that was made. */
export interface LegacyDatabase {
  readonly path: string
  /** Rows by table, broken ones included. */
  readonly rows: Readonly<Record<string, number>>
  /** The ids of the sound players, in ascending order. For a large database only the first thousand. */
  readonly playerIds: readonly bigint[]
}
