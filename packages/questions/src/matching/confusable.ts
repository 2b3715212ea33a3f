/** Words that a typo could make of one another, and that mean something else. */
const OPPOSITES: readonly (readonly string[])[] = [
  ['north', 'south'], ['east', 'west'], ['northern', 'southern'], ['eastern', 'western'], ['northeast', 'northwest', 'southeast', 'southwest'],
  ['man', 'woman'], ['men', 'women'], ['male', 'female'], ['mother', 'father', 'brother'], ['his', 'her'], ['he', 'she'],
  ['major', 'minor'], ['micro', 'macro'], ['hypo', 'hyper'], ['upper', 'lower'], ['inner', 'outer'],
  ['monday', 'sunday', 'friday'], ['tuesday', 'thursday'], ['june', 'july'], ['march', 'may'],
  ['million', 'billion', 'trillion', 'millionth', 'billionth'], ['gold', 'good'], ['black', 'block'],
]

/** Beginnings that turn a word around, though they are a letter or two. */
const NEGATIONS = ['a', 'an', 'un', 'in', 'im', 'ir', 'il']
const PREFIXES: readonly (readonly [string, string])[] = [['hypo', 'hyper'], ['micro', 'macro'], ['inter', 'intra'], ['endo', 'exo'], ['ante', 'anti'], ['pre', 'pro']]

/**
 * Whether two answers differ in something that is never a typo: a number, a single letter, a word and its
 * opposite. "Louis XIV" is not Louis XVI, Vitamin C not Vitamin D, South Korea not North Korea.
 */
export function meanDifferent(one: readonly string[], other: readonly string[]): boolean {
  if (marksOf(one) !== marksOf(other)) return true
  if (OPPOSITES.some((group) => chosen(one, group) !== chosen(other, group))) return true
  if (one.length !== other.length) return false
  return one.some((word, index) => areOpposite(word, other[index] ?? ''))
}

/** The numbers and single letters of an answer, in their order. */
function marksOf(words: readonly string[]): string {
  return words.filter((word) => /\d/.test(word) || /^\p{L}$/u.test(word)).join(' ')
}

function chosen(words: readonly string[], group: readonly string[]): string | undefined {
  const found = words.filter((word) => group.includes(word))
  return found.length === 0 ? undefined : found.join(' ')
}

function areOpposite(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  if (NEGATIONS.some((prefix) => long === prefix + short)) return true
  return PREFIXES.some(([left, right]) => (one.startsWith(left) && other.startsWith(right)) || (one.startsWith(right) && other.startsWith(left)))
}
