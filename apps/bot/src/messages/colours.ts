import type { Difficulty } from '../features/scoring/index.ts'

/** An embed's edge says how hard the question is. */
export const difficultyColours: Readonly<Record<Difficulty, number>> = { easy: 0x57_f2_87, medium: 0xfe_e7_5c, hard: 0xed_42_45 }

/** For everything that is no question. */
export const brandColour = 0x58_65_f2
