import type { LocalizationMap } from 'discord.js'
import { createInstance } from 'i18next'
import { catalogues, discordLocales, languageOf, languages } from './languages.ts'
import type { Language, PlainKey, TextKey, Translate } from './types.ts'

/** All texts that players see. */
export interface Texts {
  /** Texts for one of Discord's locales ('pt-BR', 'es-419'); English where there is no catalogue. */
  readonly for: (discordLocale: string) => Translate
  /** A text in all languages but English, in the form in which Discord takes a command's names and descriptions. */
  readonly localizations: (key: PlainKey) => LocalizationMap
}

/** Reads the catalogues into an instance of its own; made once, when the bot starts. */
export function createTexts(): Texts {
  const i18n = createInstance()
  void i18n.init({
    // Resources are all here, so the instance is ready when init returns.
    initAsync: false,
    resources: Object.fromEntries(languages.map((language) => [language, { translation: catalogues[language] }])),
    supportedLngs: [...languages],
    fallbackLng: 'en',
    // Texts go to Discord, not into a page. Nothing in a player's name is looked up or replaced.
    interpolation: { escapeValue: false, skipOnVariables: true },
    nsSeparator: false,
  })
  const translators = new Map(languages.map((language) => [language, translator(language)]))
  const english = translator('en')
  return {
    for: (discordLocale) => translators.get(languageOf(discordLocale)) ?? english,
    localizations: (key) => {
      const entries = Object.entries(discordLocales).flatMap(([language, locales]) => {
        const text = i18n.t(key, { lng: language })
        return locales.map((locale) => [locale, text] as const)
      })
      return Object.fromEntries(entries)
    },
  }

  function translator(language: Language): Translate {
    const fixed = i18n.getFixedT(language)
    const translate = (key: TextKey, parameters?: Readonly<Record<string, string | number>>): string => fixed(key, parameters ?? {})
    return Object.assign(translate, { language })
  }
}
