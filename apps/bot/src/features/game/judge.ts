import { matchAnswer } from '@trivia/questions/matching'
import type { Round } from '@trivia/database/queries'
import { textList } from './text-list.ts'

/** What a player chose or typed. */
export type Given = { readonly option: number } | { readonly text: string }

/** An answer that was looked at. */
export interface Judged {
  /** As it is kept and shown. */
  readonly given: string
  readonly right: boolean
}

/** Longer answers are cut where they are kept. */
const KEPT = 200

/** Whether an answer is right; null where it is none, such as an option that the question does not have. */
export function judge(round: Round, given: Given): Judged | null {
  const { answer, type, text } = round
  if (answer === null || type === null || text === null) return null
  if (type === 'fill_blank') {
    if (!('text' in given) || given.text.trim() === '') return null
    const match = matchAnswer(given.text, { answer, variations: textList(round.variations), locale: round.questionLocale ?? 'en' })
    return { given: given.text.trim().slice(0, KEPT), right: match.right }
  }
  const chosen = 'option' in given ? textList(round.options)[given.option] : undefined
  if (chosen === undefined) return null
  const same = type === 'true_false' ? chosen.toLowerCase() === answer.trim().toLowerCase() : chosen === answer
  return { given: chosen.slice(0, KEPT), right: same }
}
