export { canonicalWords } from './canonical.ts'
export { type Expected, type Match, matchAnswer } from './match.ts'
export { forgivenTypos } from './typos.ts'
