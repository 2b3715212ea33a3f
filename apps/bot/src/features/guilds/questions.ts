import { addGuildQuestion, ensurePlayer, guildQuestionKeys, hideQuestion, removeGuildQuestion, reportedQuestions, resolveReports, retireQuestion, ensureGuild } from '@trivia/database/queries'
import { pointsOf, type Question, questionKey } from '@trivia/questions/importing'
import { type GameContext, timeAt } from '../game/context.ts'

export interface AddRequest {
  readonly guildId: string
  readonly userId: string
  readonly name: string
  readonly questions: readonly Question[]
}

export interface Added {
  readonly imported: number
  readonly duplicates: number
  /** The last one's number; null where none was added. */
  readonly questionId: number | null
}

/** Adds questions that are asked in this server only; those that it has are left out. */
export function addQuestions(context: GameContext, { guildId, userId, name, questions }: AddRequest): Added {
  const { db } = context
  ensurePlayer(db, userId, name, timeAt(context))
  const keys = new Set(guildQuestionKeys(db, guildId).map(questionKey))
  let questionId: number | null = null
  let imported = 0
  for (const question of questions) {
    const key = questionKey(question)
    if (keys.has(key)) continue
    keys.add(key)
    const list = (texts: readonly string[]): string | null => (texts.length === 0 ? null : JSON.stringify(texts))
    questionId = addGuildQuestion(db, {
      guildId, addedBy: userId, text: question.text, type: question.type, difficulty: question.difficulty, category: question.category, answer: question.answer,
      options: list(question.options), variations: list(question.variations), explanation: question.explanation, pointValue: pointsOf[question.difficulty],
      source: question.source, licence: question.licence, locale: question.locale,
    }, timeAt(context))
    imported += 1
  }
  return { imported, duplicates: questions.length - imported, questionId }
}

/** Takes back what somebody has just added. */
export function undoAdd({ db }: GameContext, { guildId, userId, questionId }: { guildId: string; userId: string; questionId: number }): boolean {
  return removeGuildQuestion(db, guildId, questionId, userId)
}

export function listReported({ db }: Pick<GameContext, 'db'>, { guildId }: { guildId: string }) {
  return reportedQuestions(db, guildId, 5)
}

/** Deals with a reported question, in this server only: everybody's questions can be hidden, its own be retired. */
export function resolveReported(context: GameContext, { guildId, questionId, decision }: { guildId: string; questionId: number; decision: 'keep' | 'hide' | 'retire' }): boolean {
  const { db } = context
  if (decision === 'retire' && !retireQuestion(db, guildId, questionId)) return false
  if (decision === 'hide') {
    ensureGuild(db, guildId, timeAt(context))
    hideQuestion(db, guildId, questionId)
  }
  return resolveReports(db, guildId, questionId, timeAt(context)) > 0 || decision !== 'keep'
}
