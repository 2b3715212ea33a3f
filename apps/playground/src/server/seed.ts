/**
 * What the local Discord has at the start. Administrators may use /admin. Everybody has the same id in every run, so
 * that points stay; and a bot may identify as often as its developer saves a file.
 */
export const seed = {
  stableIds: true,
  identifyWindowMs: 0,
  guild: 'Quiz Café',
  guilds: [
    { name: 'Science Club', locale: 'en-US', channels: ['experiments', 'journal'] },
    { name: 'Stammtisch', locale: 'de', channels: ['quizabend'] },
  ],
  users: [
    { name: 'Ada', permissions: '8' },
    { name: 'Grace' },
    { name: 'Linus', locale: 'de' },
    { name: 'Marie', locale: 'fr' },
  ],
} as const

/** Channels of the first server besides its first one. */
export const moreChannels = [
  { name: 'quick-rounds', topic: 'One question after the other' },
  { name: 'arena', topic: 'Races for everybody' },
] as const
