import type { Locale } from 'discord.js'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { pt } from './pt.ts'
import type { Catalogue, Language } from './types.ts'

/** All catalogues; English is the source and the fallback. */
export const catalogues: Readonly<Record<Language, Catalogue>> = { en, es, fr, de, pt }

/** All languages, English first. */
export const languages: readonly Language[] = ['en', 'es', 'fr', 'de', 'pt']

/** Which of Discord's locales a language's texts are registered for; English is what commands have without one. */
export const discordLocales: Readonly<Record<Exclude<Language, 'en'>, readonly `${Locale}`[]>> = {
  es: ['es-ES', 'es-419'],
  fr: ['fr'],
  de: ['de'],
  pt: ['pt-BR'],
}

/** The language for a locale of Discord: 'es-419' is 'es', and what there is no catalogue for is 'en'. */
export function languageOf(discordLocale: string): Language {
  const base = discordLocale.split(/[-_]/, 1)[0]?.toLowerCase()
  return languages.find((language) => language === base) ?? 'en'
}
