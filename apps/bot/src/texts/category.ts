import { en } from './en.ts'
import type { Translate } from './types.ts'

type CategoryKey = keyof typeof en.category

/**
 * A category as players read it: translated where the catalogue has it, and otherwise as the question says.
 *
 * @param category as in the database, 'Science: Computers'
 */
export function categoryName(translate: Translate, category: string): string {
  const key = category.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_').replaceAll(/^_|_$/g, '')
  return isCategory(key) ? translate(`category.${key}`) : category
}

function isCategory(key: string): key is CategoryKey {
  return Object.hasOwn(en.category, key) && key !== 'any'
}
