import { seededRandom } from '@trivia/testkit'
import { describe, expect, test } from 'vitest'
import { type Expected, matchAnswer } from '../src/matching/match.ts'
import { typoDistance } from '../src/matching/typos.ts'

const right = (given: string, answer: string, more: Omit<Expected, 'answer'> = {}): boolean => matchAnswer(given, { answer, ...more }).right

describe('the same answer', () => {
  test.each([
    ['pele', 'Pelé'], ['  the   BEATLES ', 'Beatles'], ['U.S.A.', 'USA'], ['spiderman', 'Spider-Man'], ["mc donalds", "McDonald's"],
    ['rock & roll', 'Rock and Roll'], ['STRASSE', 'Straße'], ['ＴＯＫＹＯ', 'Tokyo'], ['ÓDYSSEUS', 'odysseus'], ['İstanbul', 'Istanbul'],
    ['Angstrom', 'Ångström'], ['blink182', 'Blink-182'], ['100%', '100 percent'], ['lord of rings', 'The Lord of the Rings'], ['!', '!'],
  ])('%s is %s', (given, answer) => expect(right(given, answer)).toBe(true))

  test.each([
    ['7', 'seven'], ['twenty-one', '21'], ['1,000', 'one thousand'], ['1 000', '1000'], ['two million', '2,000,000'], ['2 million', 'two million'],
    ['one hundred and five', '105'], ['nineteen eighty-four', '1984'], ['twenty twenty', '2020'], ['third', '3rd'], ['twenty first', '21st'],
    ['formula 1', 'Formula One'], ['henry 8', 'Henry VIII'], ['world war two', 'World War II'], ['minus 5', '-5'], ['3,14', '3.14'], ['007', '7'],
  ])('%s is the number of %s', (given, answer) => {
    expect(right(given, answer)).toBe(true)
    expect(right(answer, given)).toBe(true)
  })

  test('articles by language', () => {
    expect(right('Joconde', 'La Joconde', { locale: 'fr' })).toBe(true)
    expect(right('Zauberflöte', 'Die Zauberflöte', { locale: 'de-AT' })).toBe(true)
    expect(right('hard', 'Die Hard')).toBe(false)
    expect(right('vitamin', 'Vitamin A')).toBe(false)
    expect(right('the', 'The The')).toBe(true)
    expect(right('the a team', 'A-Team')).toBe(true)
    expect(right('a team', 'The A-Team')).toBe(true)
    expect(right('team', 'A-Team')).toBe(false)
    expect(right('hard days night', "A Hard Day's Night")).toBe(true)
  })
})

describe('typos', () => {
  test.each([
    ['beetles', 'The Beatles'], ['pairs', 'Paris'], ['jon lennon', 'John Lennon'], ['wiliam shakespere', 'William Shakespeare'], ['recieve', 'receive'], ['germny', 'Germany'],
  ])('%s passes for %s', (given, answer) => expect(right(given, answer)).toBe(true))

  test.each([
    ['air', 'chair'], ['chair', 'air'], ['hair', 'chair'], ['iran', 'Iraq'], ['mars', 'Mar'], ['grmny', 'Germany'], ['shaksper', 'Shakespeare'], ['austria', 'Australia'],
    ['louis xiv', 'Louis XVI'], ['vitamin c', 'Vitamin D'], ['north korea', 'South Korea'], ['1914', '1915'], ['apollo 11', 'Apollo 12'], ['c', 'C++'], ['c#', 'C'],
    ['five', '-5'], ['5', '-5'], ['hypothermia', 'Hyperthermia'], ['symmetrical', 'asymmetrical'], ['one million', 'one billion'], ['が', 'か'], ['', 'x'], ['?', '!'], ['...', 'Mars'],
    ['5 0', '50'], ['1 23', '12 3'], ['21', '21st'], ['paris texas', 'Paris'],
  ])('%s does not pass for %s', (given, answer) => expect(right(given, answer)).toBe(false))

  test('never where another option would match', () => {
    expect(right('Austrlia', 'Australia')).toBe(true)
    expect(right('Slovania', 'Slovenia')).toBe(true)
    expect(right('Slovania', 'Slovenia', { others: ['Slovakia'] })).toBe(false)
    expect(right('Slovakia', 'Slovenia', { others: ['Slovakia'] })).toBe(false)
    expect(right('Slovenia', 'Slovenia', { others: ['Slovakia'] })).toBe(true)
  })

  test('a variation is as good as the answer, and is named', () => {
    expect(matchAnswer('kwicksilver', { answer: 'Mercury', variations: ['Quicksilver'] })).toEqual({ right: true, by: 'typo', matched: 'Quicksilver' })
    expect(matchAnswer('MERCURY', { answer: 'Mercury', variations: ['Quicksilver'] })).toEqual({ right: true, by: 'text', matched: 'Mercury' })
  })

  test('an endless answer takes no time', () => {
    const start = performance.now()
    expect(right('a'.repeat(1_000_000), 'a'.repeat(4000))).toBe(false)
    expect(right('ab '.repeat(600), 'ab '.repeat(601))).toBe(false)
    expect(performance.now() - start).toBeLessThan(500)
  })
})

describe('whatever the answer', () => {
  const random = seededRandom(20_261_123)
  const alphabet = Array.from('abcdefghijklmnopqrstuvwxyzéüñß')
  const word = (least: number, most: number): string => Array.from({ length: random.integer(least, most) }, () => random.pick(alphabet)).join('')
  const phrase = (): string => Array.from({ length: random.integer(1, 4) }, () => word(1, 10)).join(' ')
  const cases = Array.from({ length: 400 }, phrase).filter((text) => !/\b(?:a|an|the)\b/.test(text))
  const edited = (text: string): string => {
    const letters = Array.from(text)
    const at = random.integer(0, letters.length - 1)
    letters.splice(at, random.integer(0, 1), ...(random.chance(0.5) ? [random.pick(alphabet)] : []))
    return letters.join('')
  }

  test('it is right itself, in capitals, with punctuation, an article and other spaces', () => {
    for (const answer of cases) {
      for (const given of [answer, answer.toUpperCase(), `“${answer}!”`, `the ${answer}`, ` ${answer.replaceAll(' ', '  ')} `, answer.normalize('NFD')]) {
        expect(right(given, answer), `${given} for ${answer}`).toBe(true)
      }
    }
  })

  test('more edits than are forgiven are wrong', () => {
    for (const answer of cases) {
      const given = Array.from({ length: random.integer(1, 6) }).reduce((text: string) => edited(text) || 'x', answer)
      const plain = (text: string): string => text.normalize('NFKD').replaceAll(/[^a-zß]/g, '').replaceAll('ß', 'ss')
      if (typoDistance(plain(given), plain(answer), 3) > 2) expect(right(given, answer), `${given} for ${answer}`).toBe(false)
    }
  })

  test('an answer that is another option is wrong, and a typo never passes for two', () => {
    for (const answer of cases) {
      const other = edited(edited(answer)) || 'x'
      const given = edited(answer)
      const verdict = matchAnswer(other, { answer, others: [other] })
      // Where a space more or less is the only difference, both are the same option.
      if (verdict.right && verdict.by === 'text') continue
      expect(verdict.right, `${other} for ${answer}`).toBe(false)
      const [one, two] = [matchAnswer(given, { answer, others: [other] }), matchAnswer(given, { answer: other, others: [answer] })]
      expect(one.right && two.right && one.by === 'typo' && two.by === 'typo', `${given} for ${answer} and ${other}`).toBe(false)
    }
  })

  test('four letters or less forgive nothing', () => {
    for (let round = 0; round < 300; round++) {
      const [one, other] = [word(1, 4).replaceAll('ß', 's'), word(1, 4).replaceAll('ß', 's')]
      const plain = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '')
      if (plain(one) !== plain(other)) expect(right(one, other), `${one} for ${other}`).toBe(plain(one) === plain(other))
    }
  })
})

test('a swap of neighbours is one typo', () => {
  expect(typoDistance('abcd', 'abdc', 3)).toBe(1)
  expect(typoDistance('kitten', 'sitting', 5)).toBe(3)
  expect(typoDistance('abc', 'xyz', 1)).toBe(2)
})
