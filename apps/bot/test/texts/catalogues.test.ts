import { describe, expect, test } from 'vitest'
import { achievementIds } from '../../src/features/achievements/index.ts'
import { en } from '../../src/texts/en.ts'
import { catalogues, languages } from '../../src/texts/languages.ts'
import { flat, placeholders } from './flat.ts'

const english = flat(en)
const translations = languages.filter((language) => language !== 'en')

/** i18next gives these a meaning of its own. */
const reserved = ['context', 'lng', 'lngs', 'ns', 'ordinal', 'replace', 'defaultValue', 'postProcess', 'interpolation', 'fallbackLng', 'joinArrays', 'keyPrefix']

describe.each(languages)('the catalogue %s', (language) => {
  const texts = flat(catalogues[language])

  test('has exactly the English keys, in the same order', () => {
    expect([...texts.keys()]).toEqual([...english.keys()])
  })

  test('has the same placeholders with the same formats', () => {
    for (const [key, text] of english) expect(placeholders(texts.get(key) ?? ''), key).toEqual(placeholders(text))
  })

  test('has no empty text, no stray space, no half a brace', () => {
    for (const [key, text] of texts) {
      expect(text.trim(), key).toBe(text)
      expect(text, key).not.toBe('')
      expect(text.replaceAll(/\{\{[a-zA-Z]+(, number(\([a-zA-Z]+: \w+\))?)?\}\}/g, ''), key).not.toMatch(/[{}]|\$t\(/)
      expect(text, key).not.toMatch(/ {2}/)
    }
  })

  test('keeps timestamps, bold and code in the same number', () => {
    for (const [key, text] of english) {
      const marks = (of: string): string[] => of.match(/<t:\{\{\w+\}\}:[RDFtTdf]>|\*\*|`/g) ?? []
      expect(marks(texts.get(key) ?? ''), key).toEqual(marks(text))
    }
  })

  test('has both forms of each plural, in which the count stands', () => {
    for (const [key, text] of texts) {
      if (!/_(one|other)$/.test(key)) {
        expect(placeholders(text).map((each) => each.split(',')[0]), key).not.toContain('count')
        continue
      }
      const base = key.replace(/_(one|other)$/, '')
      expect(texts.has(`${base}_one`) && texts.has(`${base}_other`), key).toBe(true)
      expect(texts.has(base), base).toBe(false)
      expect(placeholders(text), key).toContain('count, number')
    }
  })
})

test('no placeholder has a name that i18next gives another meaning', () => {
  for (const [key, text] of english) {
    for (const inside of placeholders(text)) expect(reserved, key).not.toContain(inside.split(',')[0])
  }
})

test('every achievement has its texts', () => {
  expect(Object.keys(en.achievements.list)).toEqual([...achievementIds])
})

test.each(translations)('%s is translated: few texts are the English ones', (language) => {
  const texts = flat(catalogues[language])
  const same = [...english].filter(([key, text]) => text === texts.get(key) && /\p{L}{4}/u.test(text.replaceAll(/\{\{.*?\}\}/g, '')))
  expect(same.length).toBeLessThan(30)
})

test.each(translations)('%s says each achievement in the numbers of its rule', (language) => {
  const numbers = (text: string | undefined): string => (text ?? '').replaceAll(/\D/g, '')
  const texts = flat(catalogues[language])
  for (const id of achievementIds) {
    const key = `achievements.list.${id}.description`
    expect(numbers(texts.get(key)), key).toBe(numbers(english.get(key)))
  }
})
