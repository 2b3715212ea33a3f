import {
  addChallengeQuestion, type AskableQuestion, challengeQuestion, guildSettings, moveGame, questionToAsk, renewRound, roundsOf, type RunningGame, startRound,
} from '@trivia/database/queries'
import { chooseQuestion } from '../choosing/index.ts'
import { pointsFor } from '../scoring/index.ts'
import { type GameContext, timeAt } from './context.ts'
import { textList } from './text-list.ts'
import { timing } from './timing.ts'
import { existingRound, questionView, type QuestionView } from './view.ts'

/** The pool from which the questions of all days and weeks are drawn, so that they do not repeat either. */
const CHALLENGE_POOL = '0'
/** Rows of older systems cannot always be asked; so many are drawn over at most. */
const MOST_TRIES = 100
/** Five rows of five buttons, of which one row is for the rest. */
const MOST_OPTIONS = 20

/**
 * Makes the next round of a game, or takes the one that was never posted, and takes a lease on posting it. Whoever
 * dies before it is posted leaves it to the next one, who posts the same round.
 *
 * @returns null where there is no question
 */
export function nextRound(context: GameContext, game: RunningGame): QuestionView | null {
  const { db } = context
  const settings = guildSettings(db, game.guildId)
  const limit = game.mode === 'daily' || game.mode === 'weekly' ? timing[game.mode] : settings.timeLimit * 1000
  const rounds = roundsOf(db, game.sessionId)
  const unposted = rounds.find(({ closedAt }) => closedAt === null)
  const times = { askedAt: timeAt(context), deadline: timeAt(context, limit) }
  let roundId: number
  if (unposted === undefined) {
    const number = rounds.length + 1
    const drawn = drawPlayable(context, game, number)
    if (drawn === null) return null
    const multiplier = game.mode === 'daily' ? settings.dailyMultiplier : game.mode === 'weekly' ? settings.weeklyMultiplier : 1
    roundId = startRound(db, {
      sessionId: game.sessionId, number, questionId: drawn.question.id, options: drawn.options, points: pointsFor(drawn.question.difficulty, settings, multiplier), ...times,
    })
  } else {
    roundId = unposted.roundId
    renewRound(db, roundId, times.askedAt, times.deadline)
  }
  moveGame(db, game.sessionId, { step: 'ask', roundId, dueAt: timeAt(context), leaseUntil: timeAt(context, timing.lease) })
  return questionView(existingRound(context, roundId))
}

function drawPlayable(context: GameContext, game: RunningGame, number: number): { question: AskableQuestion; options: string[] } | null {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const id = draw(context, game, number)
    if (id === null) return null
    const question = questionToAsk(context.db, id)
    const options = question === undefined ? null : shownOptions(context, question)
    if (question !== undefined && options !== null) return { question, options }
  }
  return null
}

/** A challenge's question is drawn once, by whoever comes first, and is everybody's then. */
function draw({ db, random }: GameContext, game: RunningGame, number: number): number | null {
  const { mode, challengeDate } = game
  if ((mode !== 'daily' && mode !== 'weekly') || challengeDate === null) {
    return chooseQuestion(db, random, game.channelId, {
      guildId: game.guildId, locale: guildSettings(db, game.guildId).locale, difficulty: game.difficulty, category: game.category, type: game.questionType,
    })
  }
  const known = challengeQuestion(db, mode, challengeDate, number)
  const playable = known === null ? undefined : questionToAsk(db, known)
  if (known !== null && playable !== undefined && shownOptions({ random }, playable) !== null) return known
  const drawn = chooseQuestion(db, random, CHALLENGE_POOL, { guildId: null, locale: null, difficulty: null, category: null, type: null })
  if (drawn !== null) addChallengeQuestion(db, mode, challengeDate, number, drawn)
  return drawn
}

/**
 * The options in the order in which they are shown: true before false, all others shuffled, so that their order tells
 * nothing. Null for a question that cannot be asked.
 */
function shownOptions({ random }: Pick<GameContext, 'random'>, { type, options, answer }: AskableQuestion): string[] | null {
  if (type === 'fill_blank') return answer.trim() === '' ? null : []
  if (type === 'true_false') return /^(?:true|false)$/i.test(answer.trim()) ? ['true', 'false'] : null
  const shown = [...new Set(textList(options))]
  if (shown.length < 2 || shown.length > MOST_OPTIONS || !shown.includes(answer)) return null
  for (let last = shown.length - 1; last > 0; last -= 1) {
    const place = Math.floor(random() * (last + 1))
    ;[shown[last], shown[place]] = [shown[place] ?? '', shown[last] ?? '']
  }
  return shown
}
