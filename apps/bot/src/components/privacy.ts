import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { AttachmentBuilder } from 'discord.js'
import type { Actor, ComponentHandler, Services } from '../discord/handler.ts'
import { type Reply, whisper } from '../discord/reply.ts'
import { tellAbandoned } from '../games/abandoned.ts'
import { DiscordChannels } from '../games/discord-channel.ts'
import { deleteQuestion } from '../messages/privacy-message.ts'

/** How long the second question waits for its answer. */
const CONFIRM = 5 * 60_000
/** Discord takes files of up to 10 MB; a larger export is packed. */
const LARGEST_FILE = 8_000_000

/** `privacy:export`, `privacy:delete`, `privacy:keep` and `privacy:confirm:UNTIL`. The panel is its player's only. */
export const privacyButton: ComponentHandler = async (services, actor, interaction, [action, until]) => {
  const { t, userId } = actor
  switch (action) {
    case 'export': return exportReply(services, actor)
    case 'delete': return { kind: 'update', body: deleteQuestion(t, Math.floor((services.clock.now() + CONFIRM) / 1000)) }
    case 'keep': return { kind: 'update', body: { content: t('privacy.kept') } }
    case 'confirm': {
      // Not a number counts as over.
      if (!(services.clock.now() <= Number(until) * 1000)) return { kind: 'update', body: { content: t('privacy.expired') } }
      const games = await services.store.call('abandonGames', { userId })
      const deleted = await services.store.call('deletePlayer', { userId })
      const tell = async (): Promise<void> => {
        if (interaction.client.isReady()) await tellAbandoned(new DiscordChannels(interaction.client), services.texts, games)
      }
      return { kind: 'update', body: { content: t(deleted ? 'privacy.deleted' : 'privacy.nothing') }, sent: tell }
    }
    default: return whisper(t('errors.expired'))
  }
}

async function exportReply({ store }: Services, { t, userId }: Actor): Promise<Reply> {
  const json = await store.call('exportPlayer', { userId })
  if (json === null) return whisper(t('privacy.nothing'))
  const plain = Buffer.from(json)
  const packed = plain.length > LARGEST_FILE
  const file = new AttachmentBuilder(packed ? await promisify(gzip)(plain) : plain, { name: packed ? 'trivia-data.json.gz' : 'trivia-data.json' })
  return whisper({ content: t('privacy.exported'), files: [file] })
}
