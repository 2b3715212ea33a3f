import type { en } from './en.ts'

/** A catalogue in another language: exactly the English keys. */
export type Catalogue = Shape<typeof en>

type Shape<T> = { readonly [K in keyof T]: T[K] extends string ? string : Shape<T[K]> }

/** The path of a text, without the ending of a plural: 'game.worth' for `game.worth_one` and `game.worth_other`. */
export type TextKey = Paths<typeof en>

type Paths<T> = {
  [K in keyof T & string]: T[K] extends string ? Singular<K> : `${K}.${Paths<T[K]>}`
}[keyof T & string]

type Singular<K extends string> = K extends `${infer Base}_one` | `${infer Base}_other` ? Base : K

/** Paths of texts without parameters, such as names of commands. */
export type PlainKey = { [K in TextKey]: keyof Parameters<TextAt<K>> extends never ? K : never }[TextKey]

/** The parameters of a text: `{ count: number, player: string | number }`; a plural's are those of its `_other`. */
export type ParametersOf<K extends TextKey> = Parameters<TextAt<K>>

type TextAt<K extends string> = At<typeof en, K>

type At<T, K extends string> =
  K extends `${infer Section}.${infer Rest}`
    ? Section extends keyof T ? At<T[Section], Rest> : never
    : K extends keyof T ? T[K] : `${K}_other` extends keyof T ? T[`${K}_other`] : never

type Parameters<Text> = { readonly [P in Placeholders<Text> as NameOf<P>]: ValueOf<P> }

type Placeholders<Text> = Text extends `${string}{{${infer Inside}}}${infer Rest}` ? Inside | Placeholders<Rest> : never

type NameOf<P extends string> = P extends `${infer Name}, ${string}` ? Name : P

type ValueOf<P extends string> = P extends `${string}, number${string}` | 'count' ? number : string | number

/** Gives texts in one language. */
export interface Translate {
  <K extends TextKey>(key: K, ...parameters: keyof ParametersOf<K> extends never ? [] : [ParametersOf<K>]): string
  /** The language of the texts, for `Intl` and for pictures. */
  readonly language: Language
}

/** The languages that there are catalogues for. */
export type Language = 'en' | 'es' | 'fr' | 'de' | 'pt'
