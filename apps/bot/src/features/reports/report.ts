import { addReport, ensurePlayer, questionToAsk } from '@trivia/database/queries'
import { type GameContext, timeAt } from '../game/context.ts'
import type { ReportReason } from './reasons.ts'

export interface ReportRequest {
  readonly questionId: number
  readonly userId: string
  readonly name: string
  readonly guildId: string | null
  readonly reason: ReportReason
}

/** Keeps what a player says of a question, once. */
export function reportQuestion(context: GameContext, request: ReportRequest): 'reported' | 'already' | 'unknown' {
  const { db } = context
  if (questionToAsk(db, request.questionId) === undefined) return 'unknown'
  ensurePlayer(db, request.userId, request.name, timeAt(context))
  return addReport(db, request, timeAt(context)) ? 'reported' : 'already'
}
