const UNITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen']
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']
const ORDINALS = ['zeroth', 'first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth', 'eleventh', 'twelfth', 'thirteenth', 'fourteenth', 'fifteenth', 'sixteenth', 'seventeenth', 'eighteenth', 'nineteenth']

const SMALL = new Map<string, number>([...UNITS.map((word, index) => [word, index] as const), ...TENS.map((word, index) => [word, 20 + 10 * index] as const)])
const SCALES = new Map<string, number>([['hundred', 100], ['thousand', 1e3], ['million', 1e6], ['billion', 1e9], ['trillion', 1e12]])
const ORDINAL_WORDS = new Map<string, number>([
  ...ORDINALS.map((word, index) => [word, index] as const),
  ...TENS.map((word, index) => [word.replace(/y$/, 'ieth'), 20 + 10 * index] as const),
  ['hundredth', 100],
  ['thousandth', 1000],
])

/**
 * Writes every number of a list of words in digits: "twenty one" and "21", "2 million" and "2000000", "nineteen
 * ninety six" and "1996", "third" and "3rd", "VIII" behind another word and "8" become the same.
 */
export function numbersInDigits(words: readonly string[]): string[] {
  const result: string[] = []
  for (let at = 0; at < words.length;) {
    const number = cardinal(words, at) ?? ordinal(words, at) ?? roman(words, at)
    result.push(number?.text ?? words[at] ?? '')
    at += number?.length ?? 1
  }
  return result
}

interface Found {
  readonly text: string
  readonly length: number
}

function cardinal(words: readonly string[], start: number): Found | null {
  let total = 0
  let group: number | null = null
  let at = start
  for (; at < words.length; at++) {
    const word = words[at] ?? ''
    const scale = SCALES.get(word)
    const value = SMALL.get(word) ?? (at === start && /^\d+(?:\.\d+)?$/.test(word) ? Number(word) : undefined)
    if (scale === 100 && (group === null || group < 100)) group = (group ?? 1) * 100
    else if (scale !== undefined && scale > 100) {
      total += (group ?? 1) * scale
      group = null
    } else if (value !== undefined && fits(group, value)) group = (group ?? 0) + value
    else if (value !== undefined && isYear(group, value)) group = (group ?? 0) * 100 + value
    else if (!(word === 'and' && group !== null && group % 100 === 0 && group > 0 && SMALL.has(words[at + 1] ?? ''))) break
  }
  if (at === start) return null
  // "twenty first" is an ordinal, of which the tens were just read.
  const unit = ORDINAL_WORDS.get(words[at] ?? '')
  if (group !== null && group % 100 >= 20 && group % 10 === 0 && unit !== undefined && unit > 0 && unit < 10) return { text: `${plain(total + group + unit)}th`, length: at - start + 1 }
  const single = at === start + 1 ? words[start] ?? '' : ''
  return { text: /^\d/.test(single) ? withoutLeadingZeros(single) : plain(total + (group ?? 0)), length: at - start }
}

/** Whether a value goes on with a number that has been read: "twenty" then "one", "one hundred" then "five". */
function fits(group: number | null, value: number): boolean {
  if (group === null) return true
  if (!Number.isInteger(group) || group === 0) return false
  return group % 100 === 0 ? value > 0 && value < 100 : group % 100 >= 20 && group % 10 === 0 && value > 0 && value < 10
}

/** "nineteen" then "ninety six". */
function isYear(group: number | null, value: number): boolean {
  return group !== null && group >= 10 && group <= 99 && value >= 10 && value <= 99
}

function ordinal(words: readonly string[], at: number): Found | null {
  const word = words[at] ?? ''
  const value = ORDINAL_WORDS.get(word)
  if (value !== undefined) return { text: `${value}th`, length: 1 }
  const digits = /^(\d+)(?:st|nd|rd|th)$/.exec(word)
  return digits ? { text: `${withoutLeadingZeros(digits[1] ?? '')}th`, length: 1 } : null
}

/** Only behind another word, as in "Henry VIII": alone it could be anything. */
function roman(words: readonly string[], at: number): Found | null {
  const word = words[at] ?? ''
  if (at === 0 || !/^(?=[xvi])x{0,3}(?:ix|iv|v?i{0,3})$/.test(word)) return null
  const values: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10 }
  const digits = Array.from(word, (letter) => values[letter] ?? 0)
  return { text: String(digits.reduce((sum, value, index) => sum + (value < (digits[index + 1] ?? 0) ? -value : value), 0)), length: 1 }
}

function withoutLeadingZeros(digits: string): string {
  return digits.replace(/^0+(?=\d)/, '')
}

function plain(value: number): string {
  return Number.isInteger(value) ? BigInt(value).toString() : String(value)
}
