/**
 * Texts that players see: one file a language, sections by feature. English (`en.ts`) is the source: a key added
 * there is a type error in the other four until they have it.
 *
 * The end of a key says what the text is for, and the tests hold it to Discord's limit for that: `Button` (80
 * characters), `Modal` and `Field` (45: title and labels of a form), `Placeholder` (100), `Title` (256: an embed's);
 * `command` and `option` hold names (32, lower case) and descriptions (100), `choice` and `category` choices (100).
 * `…_one` and `…_other` are the forms of a plural, chosen by `count`.
 */
export { categoryName } from './category.ts'
export { discordLocales, languageOf, languages } from './languages.ts'
export { createTexts, type Texts } from './texts.ts'
export type { Catalogue, Language, ParametersOf, PlainKey, TextKey, Translate } from './types.ts'
