import { playerName } from '../discord/escape.ts'
import { say, whisper } from '../discord/reply.ts'
import { rankMessage } from '../messages/rank-message.ts'
import { chosenPlayer, withUserOption } from './chosen-player.ts'
import type { TriviaCommand } from './command.ts'
import { describedCommand } from './described.ts'

/** `/trivia rank`: a player's place among all, and who is close. */
export const rank: TriviaCommand = {
  name: 'rank',
  ephemeral: false,
  describe: (builder, texts) => withUserOption(describedCommand(builder, texts, 'rank'), texts),
  run: async ({ store }, { t, guildId }, interaction) => {
    const player = chosenPlayer(interaction)
    const standing = await store.call('standing', { userId: player.userId, guildId })
    if (standing !== null) return say(rankMessage(t, player, standing))
    return whisper(player.self ? t('rank.none') : t('rank.noneOther', { player: playerName(player.name, player.userId) }))
  },
}
