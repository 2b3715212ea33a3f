const SHORTEST = 2
export const LONGEST_NAME = 50

/** A group's name as it is stored: one line, no invisible signs; null where it is too short or too long. */
export function readGroupName(typed: string): string | null {
  const name = typed.normalize('NFC').replaceAll(/[\p{Cc}\p{Cs}\p{Co}\u200B\u2028-\u202E\u2060-\u2069\uFEFF]/gu, ' ').replaceAll(/\s+/g, ' ').trim()
  const length = Array.from(name).length
  return length >= SHORTEST && length <= LONGEST_NAME ? name : null
}
