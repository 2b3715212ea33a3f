import { momentOf } from '@trivia/database/connection'
import { answersOf, type GameMode, type Round, type RoundAnswer, roundWithQuestion, type Standing, standingsOf } from '@trivia/database/queries'
import type { GameContext } from './context.ts'
import { textList } from './text-list.ts'

/** A question as it is asked: nothing here tells the right answer. */
export interface QuestionView {
  readonly roundId: number
  readonly sessionId: number
  readonly number: number
  readonly rounds: number
  readonly mode: GameMode
  readonly hostId: string
  readonly channelId: string
  readonly guildId: string | null
  readonly locale: string
  readonly messageId: string | null
  readonly points: number
  /** Milliseconds since 1970. */
  readonly deadline: number
  readonly questionId: number
  readonly text: string
  readonly type: 'multiple_choice' | 'true_false' | 'fill_blank'
  readonly difficulty: 'easy' | 'medium' | 'hard'
  readonly category: string
  /** In the order in which they are shown; empty for a blank. */
  readonly options: readonly string[]
  readonly source: string | null
  readonly licence: string | null
  readonly author: string | null
}

/** A round that is over, with everything that may be told now. */
export interface RevealView extends QuestionView {
  readonly answer: string
  readonly explanation: string | null
  readonly winnerId: string | null
  readonly answers: readonly RoundAnswer[]
  /** The game's players, the best first. */
  readonly standings: readonly Standing[]
}

/** Null where the question was withdrawn meanwhile. */
export function questionView(round: Round): QuestionView | null {
  const { questionId, text, type, difficulty, category } = round
  if (questionId === null || text === null || type === null || difficulty === null || category === null) return null
  return {
    roundId: round.roundId, sessionId: round.sessionId, number: round.number, rounds: round.rounds, mode: round.mode, hostId: round.hostId,
    channelId: round.channelId, guildId: round.guildId, locale: round.locale, messageId: round.messageId, points: round.points,
    deadline: momentOf(round.deadline), questionId, text, type, difficulty, category, options: textList(round.options),
    source: round.source, licence: round.licence, author: round.author,
  }
}

export function revealView({ db }: GameContext, round: Round): RevealView | null {
  const question = questionView(round)
  if (question === null) return null
  return {
    ...question, answer: round.answer ?? '', explanation: round.explanation, winnerId: round.winnerId,
    answers: answersOf(db, round.roundId), standings: standingsOf(db, round.sessionId),
  }
}

/** @throws Error where there is no such round */
export function existingRound({ db }: GameContext, roundId: number): Round {
  const round = roundWithQuestion(db, roundId)
  if (round === undefined) throw new Error(`There is no round ${roundId}.`)
  return round
}
