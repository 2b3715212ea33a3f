import { whisper } from '../discord/reply.ts'
import { privacyPanel } from '../messages/privacy-message.ts'
import type { TriviaCommand } from './command.ts'
import { describedCommand } from './described.ts'

/** `/trivia privacy`: everything about oneself, as a file or deleted. */
export const privacy: TriviaCommand = {
  name: 'privacy',
  ephemeral: true,
  describe: (builder, texts) => describedCommand(builder, texts, 'privacy'),
  run: async (_, { t }) => whisper(privacyPanel(t)),
}
