import { numbersInDigits } from './numbers.ts'

/** Articles by language. Those of one language are words of another: "die", "a", "o". */
const ARTICLES: Readonly<Record<string, ReadonlySet<string>>> = {
  en: new Set(['the', 'an']),
  de: new Set(['der', 'die', 'das', 'ein', 'eine', 'einen', 'einem', 'einer']),
  fr: new Set(['le', 'la', 'les', 'l', 'un', 'une']),
  es: new Set(['el', 'la', 'los', 'las', 'un', 'una']),
  pt: new Set(['o', 'a', 'os', 'as', 'um', 'uma']),
}

/** Letters that no normalisation takes apart, although people type them so. */
const LETTERS: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i', ς: 'σ' }

/**
 * The words by which answers are compared: without case, accents, punctuation and articles, numbers in digits. Two
 * answers with the same words are the same answer. Empty only where there is nothing but white space.
 *
 * @param locale of the question, as en or pt-BR; decides which words are articles
 * @param articles kept, to compare answers whose first word only looks like one, as "A-Team"
 */
export function canonicalWords(text: string, locale = 'en', articles: 'removed' | 'kept' = 'removed'): readonly string[] {
  const folded = fold(text)
  const words = folded
    .replaceAll(/(?<=\p{L})#/gu, ' sharp ')
    .replaceAll(/(?<=\p{L})♯/gu, ' sharp ')
    .replaceAll('&', ' and ')
    .replaceAll('%', ' percent ')
    .replaceAll(/(?<=^|[\s(])[-−–](?=\d)/g, ' minus ')
    // 1,000 and 1 000 are 1000; between other digits a comma is how half of the world writes a decimal point.
    .replaceAll(/(?<![\d.,])\d{1,3}(?:[,'’ ]\d{3})+(?![\d])/g, (number) => number.replaceAll(/\D/g, ''))
    .replaceAll(/(?<=\d),(?=\d)/g, '.')
    .replaceAll(/(?<=\d)\.(?=\d)/g, '\u0001')
    // blink182 and Blink-182 are the same, but 3rd is one word.
    .replaceAll(/(?<=\d)(?=\p{L})(?!(?:st|nd|rd|th)(?!\p{L}))|(?<=\p{L})(?=\d)/gu, ' ')
    // An apostrophe and a dot join ("O'Neill", "U.S.A."), other punctuation separates.
    .replaceAll(/['’‘`´ʼ.]/g, locale.startsWith('fr') ? ' ' : '')
    .replaceAll(/[\p{P}_]+/gu, ' ')
    .replaceAll('\u0001', '.')
    .split(/\s+/u)
    .filter((word) => word !== '')
  if (words.length === 0) return text.trim() === '' ? [] : [folded.replaceAll(/\s+/gu, '')]
  return numbersInDigits(articles === 'kept' ? words : withoutArticles(words, locale, /^\P{L}*a\s/u.test(folded)))
}

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    // Marks of other scripts make other letters: が is not か.
    .replaceAll(/(?<=[\p{Script=Latin}\p{Script=Greek}]\p{M}*)\p{M}/gu, '')
    .normalize('NFC')
    .replaceAll(/[ßæœøłđðþıς]/g, (letter) => LETTERS[letter] ?? letter)
    .trim()
}

/** An article at the end is none: "Vitamin A". The English "a" only counts in front of a space, and not in "A minor". */
function withoutArticles(words: readonly string[], locale: string, startsWithA: boolean): readonly string[] {
  const language = locale.split('-', 1)[0]?.toLowerCase() ?? 'en'
  const articles = ARTICLES[language]
  const kept = words.filter((word, index) => {
    if (index === words.length - 1) return true
    if (language === 'en' && word === 'a') return index > 0 || !startsWithA || /^(?:major|minor|flat|sharp)$/.test(words[1] ?? '')
    return articles?.has(word) !== true
  })
  return kept.length > 0 ? kept : words
}
