import { describe, expect, test } from 'vitest'
import { categoryName, createTexts, languageOf, languages } from '../../src/texts/index.ts'

const texts = createTexts()
const english = texts.for('en-US')

describe('the language', () => {
  test.each([
    ['en-US', 'en'], ['en-GB', 'en'], ['es-ES', 'es'], ['es-419', 'es'], ['fr', 'fr'], ['de', 'de'], ['pt-BR', 'pt'],
    ['ja', 'en'], ['zh-CN', 'en'], ['', 'en'], ['deutsch', 'en'], ['toString', 'en'],
  ])('of %j is %s', (locale, language) => {
    expect(languageOf(locale)).toBe(language)
    expect(texts.for(locale).language).toBe(language)
  })

  test('decides the text', () => {
    expect(english('game.nobody')).toBe('Nobody got it.')
    expect(texts.for('de')('game.nobody')).toBe('Niemand lag richtig.')
    expect(texts.for('es-419')('game.nobody')).toBe('Nadie ha acertado.')
    expect(texts.for('ko')('game.nobody')).toBe('Nobody got it.')
  })
})

describe('numbers', () => {
  test('are written as the language does', () => {
    expect(english('game.worth', { count: 12_345 })).toBe('12,345 points')
    expect(texts.for('de')('game.worth', { count: 12_345 })).toBe('12.345 Punkte')
    expect(texts.for('fr')('game.worth', { count: 12_345 })).toBe('12\u202f345 points')
    expect(texts.for('pt-BR')('game.worth', { count: 12_345 })).toBe('12.345 pontos')
  })

  test('percent and seconds', () => {
    expect(english('stats.percent', { value: 0.734 })).toBe('73%')
    expect(texts.for('de')('stats.percent', { value: 0.734 })).toBe('73\u00a0%')
    expect(texts.for('de')('stats.seconds', { value: 2.345 })).toBe('2,3 s')
  })

  test('but not in timestamps', () => {
    expect(english('game.timeLeft', { until: 1_790_000_000 })).toBe('⏳ Time is up <t:1790000000:R>')
  })
})

describe('plurals', () => {
  test('one and more', () => {
    expect(english('game.answered', { count: 1 })).toBe('1 answer so far')
    expect(english('game.answered', { count: 2 })).toBe('2 answers so far')
    expect(english('game.answered', { count: 0 })).toBe('0 answers so far')
  })

  test('none is one in French', () => {
    expect(texts.for('fr')('game.worth', { count: 0 })).toBe('0 point')
    expect(texts.for('de')('game.worth', { count: 0 })).toBe('0 Punkte')
  })

  test.each(languages)('a whole million stays in the language: %s', (language) => {
    const text = texts.for(language)('group.row', { name: 'x', count: 1_000_000 })
    expect(text.replace(/\d[\d.,\s]*\d/, '9')).toBe(texts.for(language)('group.row', { name: 'x', count: 9 }))
  })
})

describe('what players call themselves', () => {
  test.each(['<b>&"\'', '{{count}}', '$t(game.over)', "$& $1 $' $$", '{{player}}', 'a__b'])('%s is shown as it is', (player) => {
    expect(english('stats.title', { player })).toBe(`Statistics of ${player}`)
    expect(english('game.wonBy', { player, count: 3 })).toBe(`🏆 ${player} wins the round: +3 points`)
  })

  test('a text with two of them', () => {
    expect(english('errors.unknownOption', { value: 'a:b.c' })).toBe('I do not know “a:b.c”. Choose something from the list.')
  })
})

test('categories of the starter pack and of Open Trivia DB are translated, others shown as they are', () => {
  const german = texts.for('de')
  expect(categoryName(german, 'Science: Computers')).toBe('Computer')
  expect(categoryName(german, 'Science & Nature')).toBe('Wissenschaft und Natur')
  expect(categoryName(german, 'Entertainment: Japanese Anime & Manga')).toBe('Anime und Manga')
  expect(categoryName(german, 'Human Body')).toBe('Der menschliche Körper')
  expect(categoryName(german, 'Our Server')).toBe('Our Server')
  expect(categoryName(german, 'any')).toBe('any')
  expect(categoryName(german, 'constructor')).toBe('constructor')
})

test("commands' names for Discord, in all languages but English", () => {
  expect(texts.localizations('command.play.name')).toEqual({ 'es-ES': 'jugar', 'es-419': 'jugar', fr: 'jouer', de: 'spielen', 'pt-BR': 'jogar' })
})

test('a wrong key or a missing parameter is a type error', () => {
  // @ts-expect-error there is no such key
  expect(english('game.nothing')).toBe('game.nothing')
  // @ts-expect-error the key of a plural is without its ending
  english('game.worth_one')
  // @ts-expect-error the count is missing
  english('game.worth')
  // @ts-expect-error the count is a number
  english('game.worth', { count: '3' })
  // @ts-expect-error the player is missing
  english('game.wonBy', { count: 3 })
  // @ts-expect-error it takes no parameters
  english('game.over', { count: 3 })
  // @ts-expect-error a name without parameters is needed
  texts.localizations('game.worth')
})

test('each instance stands for itself', () => {
  expect(createTexts().for('fr')('game.over')).toBe('Partie terminée !')
})

test('a text takes microseconds', () => {
  const started = performance.now()
  for (let i = 0; i < 10_000; i++) english('game.wonBy', { player: 'x', count: i })
  expect(performance.now() - started).toBeLessThan(2000)
})
