import type { ChatInputCommandInteraction } from 'discord.js'
import type { Actor, Services } from '../discord/handler.ts'
import { type Body, type Reply, say, whisper } from '../discord/reply.ts'
import { isPeriod, isScope, type Period, type Scope, type Turn } from '../features/leaderboards/index.ts'
import { leaderboardMessage } from '../messages/leaderboard-message.ts'
import type { TriviaCommand } from './command.ts'
import { choice, describedCommand, describedOption } from './described.ts'

/** `/trivia leaderboard`: the best players of a server or of all. */
export const leaderboard: TriviaCommand = {
  name: 'leaderboard',
  ephemeral: false,
  describe: (builder, texts) =>
    describedCommand(builder, texts, 'leaderboard')
      .addStringOption((option) => describedOption(option, texts, 'scope').addChoices(choice(texts, 'server', 'choice.scope.server'), choice(texts, 'everywhere', 'choice.scope.everywhere')))
      .addStringOption((option) => describedOption(option, texts, 'period').addChoices(
        choice(texts, 'all', 'choice.period.all'), choice(texts, 'week', 'choice.period.week'), choice(texts, 'month', 'choice.period.month')))
      .addIntegerOption((option) => describedOption(option, texts, 'page').setMinValue(1).setMaxValue(1_000_000)),
  run: showLeaderboard,
}

async function showLeaderboard(services: Services, actor: Actor, { options }: ChatInputCommandInteraction): Promise<Reply> {
  const chosen = options.getString('scope')
  const period = options.getString('period') ?? 'all'
  const scope = chosen !== null && isScope(chosen) ? chosen : actor.guildId === null ? 'everywhere' : 'server'
  if (scope === 'server' && actor.guildId === null) return whisper(actor.t('leaderboard.serverOnly'))
  const page = options.getInteger('page') ?? 1
  const { body, pages } = await leaderboardBody(services, actor, scope, isPeriod(period) ? period : 'all', { to: 'page', page })
  return page > pages ? whisper(actor.t('leaderboard.noPage', { pages })) : say(body)
}

/** A page of a leaderboard as whoever looks at it sees it, in the server's language. */
export async function leaderboardBody({ store }: Services, actor: Actor, scope: Scope, period: Period, turn: Turn): Promise<{ body: Body; pages: number }> {
  const { userId, name, guildId } = actor
  const board = await store.call('leaderboard', { scope, period, guildId, userId, turn })
  return { body: leaderboardMessage(actor.t, { scope, period, board, viewer: { userId, name } }), pages: board.pages }
}
