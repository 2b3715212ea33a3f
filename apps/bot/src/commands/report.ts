import { say } from '../discord/reply.ts'
import { reportMessage } from '../messages/report-message.ts'
import { chosenPlayer, withUserOption } from './chosen-player.ts'
import type { TriviaCommand } from './command.ts'
import { describedCommand } from './described.ts'
import { neverPlayed } from './stats.ts'

/** `/trivia report`: a player's strengths, weak areas and last weeks. */
export const report: TriviaCommand = {
  name: 'report',
  ephemeral: false,
  describe: (builder, texts) => withUserOption(describedCommand(builder, texts, 'report'), texts),
  run: async ({ store, gallery }, actor, interaction) => {
    const player = chosenPlayer(interaction)
    const found = await store.call('playerReport', { userId: player.userId })
    return found === null || found.answered === 0 ? neverPlayed(actor, player) : say(await reportMessage(gallery, actor.t, player, found))
  },
}
