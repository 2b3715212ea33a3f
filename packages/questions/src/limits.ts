/** How much of a file is read. What a server's admin uploads should get smaller limits than an operator's file. */
export interface ReadLimits {
  readonly maxBytes: number
  /** YAML is parsed as a whole, and takes about 100 times its size in memory. */
  readonly maxYamlBytes: number
  readonly maxRows: number
  /** For how long one file may be read. */
  readonly maxMs: number
}

export const defaultLimits: ReadLimits = { maxBytes: 32 * 2 ** 20, maxYamlBytes: 8 * 2 ** 20, maxRows: 250_000, maxMs: 60_000 }

/** What a question may measure at most; beyond it Discord could not show it in any way. */
export const textLimits = {
  /** Question and options together, in embeds of 4,096 characters and 6,000 in all; the rest is for title and footer. */
  shown: 5500,
  /** A choice's name in autocomplete. */
  category: 100,
  /** Five rows of five buttons. */
  options: 25,
  /** What a text box takes. */
  typedAnswer: 4000,
  variations: 100,
  /** Longer ones are cut where they are shown, not in the database. */
  explanation: 10_000,
} as const
