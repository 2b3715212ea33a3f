/** How long things of a game take, in milliseconds. */
export const timing = {
  /** The daily question's and each weekly question's time are the product's, not the server's. */
  daily: 45_000,
  weekly: 60_000,
  /** After the first right answer of a race others who clicked at the same moment are still recorded. */
  grace: 1_500,
  /** A click made in time may arrive late. */
  slack: 750,
  /** To read the explanation before the next question. */
  pause: 5_000,
  /** How long a process may take for a step before another one does it again. */
  lease: 10_000,
  /** A game that waited longer, because no bot was running, ends instead of going on. */
  stale: 10 * 60_000,
  /** An interaction's token lives 15 minutes. */
  replyToken: 14 * 60_000,
} as const

/** A race or solo game ends when this many rounds in a row had no answer. */
export const SILENT_ROUNDS = 3

/** Questions of a weekly challenge. */
export const WEEKLY_QUESTIONS = 5
