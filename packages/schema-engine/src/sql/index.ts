export { tokenize } from './tokenizer.ts'
export type { Token, TokenKind } from './tokenizer.ts'
export { splitStatements } from './statements.ts'
export type { Statement } from './statements.ts'
