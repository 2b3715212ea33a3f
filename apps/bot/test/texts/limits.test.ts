import { describe, expect, test } from 'vitest'
import { catalogues, languages } from '../../src/texts/languages.ts'
import { flat } from './flat.ts'

/** What a parameter may bring along: a long name, a number. */
const PARAMETER = 40

/** Discord's limits by the end of a key. */
const byEnding: readonly (readonly [RegExp, number])[] = [
  [/^(command|option)\..*\.description$/, 100],
  [/^(choice|category)\./, 100],
  [/Button$/, 80],
  [/Modal$/, 45],
  [/Field$/, 45],
  [/Placeholder$/, 100],
  [/[Tt]itle$/, 256],
]

function limitOf(key: string): number {
  return byEnding.find(([pattern]) => pattern.test(key.replace(/_(one|other)$/, '')))?.[1] ?? 300
}

const length = (text: string): number => text.replaceAll(/\{\{.*?\}\}/g, 'x'.repeat(PARAMETER)).length

describe.each(languages)('%s', (language) => {
  const catalogue = catalogues[language]
  const texts = flat(catalogue)

  test('no text is longer than Discord lets it be', () => {
    for (const [key, text] of texts) expect(length(text), `${key}: ${text}`).toBeLessThanOrEqual(limitOf(key))
  })

  test('a button fits on a telephone', () => {
    for (const [key, text] of texts) if (key.endsWith('Button')) expect(length(text), `${key}: ${text}`).toBeLessThanOrEqual(34)
  })

  test('names of commands and options are such as Discord takes', () => {
    const names = [...texts].filter(([key]) => /^(command|option)\..*\.name$/.test(key))
    expect(names.length).toBeGreaterThan(40)
    for (const [key, name] of names) {
      expect(name, key).toMatch(/^[-_\p{L}\p{N}]{1,32}$/u)
      expect(name, key).toBe(name.toLowerCase())
      expect(name, key).toBe(name.normalize('NFC'))
    }
  })

  test('no two commands of one level, and no two options, have the same name', () => {
    const levels = new Map<string, string[]>()
    for (const [key, { name }] of Object.entries(catalogue.command)) {
      const level = /^(admin)(?=[A-Z])/.exec(key)?.[1] ?? (key === 'trivia' || key === 'admin' ? 'top' : 'trivia')
      levels.set(level, [...(levels.get(level) ?? []), name])
    }
    expect([...levels.keys()].sort()).toEqual(['admin', 'top', 'trivia'])
    for (const [level, names] of levels) expect(new Set(names).size, `${level}: ${names.join(' ')}`).toBe(names.length)
    const options = Object.values(catalogue.option).map(({ name }) => name)
    expect(new Set(options).size, options.join(' ')).toBe(options.length)
  })

  test('choices of one list differ', () => {
    for (const list of [...Object.values(catalogue.choice), catalogue.category]) {
      const shown = Object.values(list)
      expect(new Set(shown).size, shown.join(' ')).toBe(shown.length)
    }
  })
})
