import { say } from '../discord/reply.ts'
import { achievementsMessage } from '../messages/achievements-message.ts'
import { chosenPlayer, withUserOption } from './chosen-player.ts'
import type { TriviaCommand } from './command.ts'
import { describedCommand } from './described.ts'
import { neverPlayed } from './stats.ts'

/** `/trivia achievements`: what a player has unlocked, and what is still to come. */
export const achievements: TriviaCommand = {
  name: 'achievements',
  ephemeral: false,
  describe: (builder, texts) => withUserOption(describedCommand(builder, texts, 'achievements'), texts),
  run: async ({ store }, actor, interaction) => {
    const player = chosenPlayer(interaction)
    const list = await store.call('achievements', { userId: player.userId })
    return list === null ? neverPlayed(actor, player) : say(achievementsMessage(actor.t, player, list))
  },
}
