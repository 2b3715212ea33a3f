import type { Random } from '../choosing/index.ts'

/** No signs that look like others (0 O, 1 I L, 2 Z, 5 S, 8 B, U V), and no vowels, so that no code is a word. */
const SIGNS = 'CDFGHJKMNPQRTVWXY34679'
const LENGTH = 8

/** A code to join a group with. */
export function newCode(random: Random): string {
  return Array.from({ length: LENGTH }, () => SIGNS[Math.floor(random() * SIGNS.length)] ?? 'C').join('')
}

/** A code as somebody typed it: in small letters, with spaces or hyphens. */
export function readCode(typed: string): string {
  return typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
}
