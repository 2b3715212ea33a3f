import type { APIApplicationCommandOptionChoice } from 'discord-api-types/v10'
import { categoryName, type Translate } from '../texts/index.ts'

/** The most that Discord shows. */
const MOST = 25

/** Categories that fit what was typed, those first that begin with it; in the player's language, by either name. */
export function categoryChoices(t: Translate, categories: readonly string[], typed: string): APIApplicationCommandOptionChoice<string>[] {
  const wanted = fold(typed)
  return categories
    .map((category) => ({ category, shown: categoryName(t, category) }))
    .filter(({ category, shown }) => category.length <= 100 && (fold(shown).includes(wanted) || fold(category).includes(wanted)))
    .sort((one, other) => Number(fold(other.shown).startsWith(wanted)) - Number(fold(one.shown).startsWith(wanted)) || one.shown.localeCompare(other.shown, t.language))
    .slice(0, MOST)
    .map(({ category, shown }) => ({ name: shown.slice(0, 100), value: category }))
}

function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}
