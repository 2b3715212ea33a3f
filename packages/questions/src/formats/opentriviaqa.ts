import type { Draft, Row } from '../question.ts'

/** What the collection is under. */
export const openTriviaQa = { source: 'OpenTriviaQA', licence: 'CC BY-SA 4.0' } as const

interface Block {
  readonly line: number
  readonly question: string[]
  answer: string | null
  readonly options: string[]
  /** Lines that are neither option nor empty. */
  readonly stray: string[]
}

/**
 * Reads OpenTriviaQA's text: `#Q question`, lines that go on with it, `^ answer`, then `A option` and so on. Until
 * the answer, every line belongs to the question, also one that looks like an option ("I am ______.").
 */
export function* readOpenTriviaQa(text: string, category?: string): Generator<Row> {
  let block: Block | null = null
  let line = 0
  for (const raw of text.split(/\r\n|\n|\r/)) {
    line += 1
    const start = /^#Q\s*/.exec(raw)
    if (start) {
      if (block !== null) yield rowOf(block, category)
      block = { line, question: [raw.slice(start[0].length)], answer: null, options: [], stray: [] }
    } else if (block === null) {
      if (raw.trim() !== '') yield { line, reason: 'this line stands before the first question' }
    } else addLine(block, raw)
  }
  if (block !== null) yield rowOf(block, category)
}

function addLine(block: Block, line: string): void {
  if (block.answer === null) {
    const answer = /^\^\s*(.*)$/.exec(line)
    if (answer) block.answer = answer[1] ?? ''
    else block.question.push(line)
    return
  }
  const option = /^([A-Z])(?:\s+(.*))?$/.exec(line)
  if (option && option[1] === LETTERS[block.options.length]) block.options.push(option[2] ?? '')
  else if (line.trim() !== '') block.stray.push(line.trim())
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

function rowOf(block: Block, category: string | undefined): Row {
  const { line, answer } = block
  if (answer === null) return { line, reason: 'there is no answer (a line that begins with ^)' }
  const first = block.stray[0]
  if (first !== undefined) return { line, reason: `the line "${first.slice(0, 60)}" is neither the answer nor the next option` }
  const draft: Draft = {
    // Lines are kept: some questions are poems or dialogues.
    text: block.question.join('\n'),
    answer,
    options: block.options.filter((option) => option.trim() !== ''),
    category,
    ...openTriviaQa,
  }
  return { line, draft }
}
