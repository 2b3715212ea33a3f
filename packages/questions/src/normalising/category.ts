import { oneLine } from './text.ts'

/** The category of a question that comes without any. */
export const DEFAULT_CATEGORY = 'General Knowledge'

/** Other names for the categories of the Open Trivia DB, which existing databases have. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  general: DEFAULT_CATEGORY,
  'general knowledge': DEFAULT_CATEGORY,
  newest: DEFAULT_CATEGORY,
  uncategorized: DEFAULT_CATEGORY,
  music: 'Entertainment: Music',
  television: 'Entertainment: Television',
  tv: 'Entertainment: Television',
  film: 'Entertainment: Film',
  movies: 'Entertainment: Film',
  books: 'Entertainment: Books',
  literature: 'Entertainment: Books',
  'video games': 'Entertainment: Video Games',
  games: 'Entertainment: Video Games',
  'board games': 'Entertainment: Board Games',
  comics: 'Entertainment: Comics',
  anime: 'Entertainment: Japanese Anime & Manga',
  computers: 'Science: Computers',
  mathematics: 'Science: Mathematics',
  maths: 'Science: Mathematics',
  math: 'Science: Mathematics',
  gadgets: 'Science: Gadgets',
  science: 'Science & Nature',
  nature: 'Science & Nature',
  'science technology': 'Science & Nature',
  sport: 'Sports',
  art: 'Art',
}

/** A category's one name: "television" and "Entertainment: Television" are the same; "for-kids" is "For Kids". */
export function normaliseCategory(name: string | undefined): string {
  const text = oneLine(name ?? '')
  if (text === '') return DEFAULT_CATEGORY
  const words = text.replaceAll(/[_-]+/g, ' ').toLowerCase()
  const known = OTHER_NAMES[words]
  if (known !== undefined) return known
  // Only a file's name is all in small letters with hyphens; a name that somebody wrote stays as it is.
  return /^[a-z0-9]+(?:[-_ ][a-z0-9]+)*$/.test(text) ? words.replaceAll(/(?<=^| )[a-z]/g, (letter) => letter.toUpperCase()) : text
}
