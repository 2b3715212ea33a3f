import { listZones } from './zone-names.ts'

/** Discord shows at most so many choices in a list. */
const CHOICES = 25

/** Offered before anything is typed: many players, and every part of the world. */
const popular: readonly string[] = [
  'UTC', 'Europe/London', 'Europe/Lisbon', 'Europe/Berlin', 'Europe/Madrid', 'Europe/Paris', 'Europe/Warsaw', 'Europe/Istanbul', 'Europe/Moscow',
  'America/New_York', 'America/Chicago', 'America/Denver', 'America/Los_Angeles', 'America/Mexico_City', 'America/Bogota',
  'America/Sao_Paulo', 'America/Argentina/Buenos_Aires', 'Africa/Lagos', 'Asia/Dubai', 'Asia/Kolkata', 'Asia/Jakarta', 'Asia/Manila',
  'Asia/Tokyo', 'Australia/Sydney', 'Pacific/Auckland',
]

/**
 * Time zones for a half-typed text, the best first: the city begins with it, a word of the city does, the whole
 * name does, it occurs anywhere; among equals the popular ones. Letters' case, accents, spaces and underscores make no difference.
 *
 * @param limit at most so many names, 25 (what Discord shows) unless told
 */
export function searchZones(typed: string, limit = CHOICES): string[] {
  const wanted = folded(typed)
  if (wanted === '') return popular.slice(0, limit)
  return listZones()
    .map(({ name, formerly }) => ({ name, rank: Math.min(...[name, ...formerly].map((each) => rankOf(folded(each), wanted))) }))
    .filter(({ rank }) => rank < NO_MATCH)
    // The list is in order of names, and sorting is stable.
    .sort((a, b) => a.rank - b.rank || Number(popular.includes(b.name)) - Number(popular.includes(a.name)))
    .slice(0, limit)
    .map(({ name }) => name)
}

const NO_MATCH = 4

function rankOf(name: string, wanted: string): number {
  const city = name.slice(name.lastIndexOf('/') + 1)
  if (city.startsWith(wanted)) return 0
  if (city.includes(` ${wanted}`)) return 1
  if (name.startsWith(wanted)) return 2
  return name.includes(wanted) ? 3 : NO_MATCH
}

/** 'São_Paulo' becomes 'sao paulo'. */
function folded(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/[\s_-]+/g, ' ').trim()
}
