import { AttachmentBuilder } from 'discord.js'
import { plain } from '../../discord/escape.ts'
import { forManagers } from '../../discord/manager-permission.ts'
import { whisper } from '../../discord/reply.ts'
import { readUpload, type Upload, UploadError } from '../../importing/read-upload.ts'
import { uploadLimits } from '../../importing/limits.ts'
import type { TriviaCommand } from '../command.ts'
import { describedCommand, describedOption } from '../described.ts'

/** `/admin import`: questions from a file, for this server. */
export const importFile: TriviaCommand = {
  name: 'import',
  ephemeral: true,
  describe: (builder, texts) => describedCommand(builder, texts, 'adminImport').addAttachmentOption((option) => describedOption(option, texts, 'file').setRequired(true)),
  run: forManagers(async (guildId, { store, apiUrl }, { t, userId, name }, interaction) => {
    const file = interaction.options.getAttachment('file', true)
    let upload: Upload
    try {
      upload = await readUpload(file, apiUrl)
    } catch (error) {
      if (!(error instanceof UploadError)) throw error
      return whisper(error.reason === 'too-large' ? t('admin.fileTooLarge', { max: `${uploadLimits.maxBytes / 1024} KiB` }) : t('admin.fileUnreadable', { reason: plain(error.message).slice(0, 300) }))
    }
    const { imported, duplicates } = await store.call('addQuestions', { guildId, userId, name, questions: upload.questions })
    const { rejected } = upload
    const lines = [t('admin.imported', { count: imported }), ...(duplicates > 0 ? [t('admin.duplicates', { count: duplicates })] : []), ...(rejected.length > 0 ? [t('admin.leftOut', { count: rejected.length })] : [])]
    const list = rejected.map(({ line, reason }) => `${file.name}:${line}: ${reason}`).join('\n')
    return whisper({ content: lines.join('\n'), ...(rejected.length > 0 ? { files: [new AttachmentBuilder(Buffer.from(list), { name: 'left-out.txt' })] } : {}) })
  }),
}
