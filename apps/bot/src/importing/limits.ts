/** What a server's admin may upload: less than an operator, whose files are trusted. */
export const uploadLimits = { maxBytes: 512 * 1024, maxYamlBytes: 256 * 1024, maxRows: 5_000, maxMs: 8_000 } as const
