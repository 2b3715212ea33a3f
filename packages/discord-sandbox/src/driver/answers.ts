import { CALLBACK, INTERACTION, type Interaction } from '../interactions/interaction.ts'
import { plain } from '../json.ts'
import { type Answer, type Look, SeenMessage, type SeenModal } from './seen.ts'

const KINDS: Readonly<Record<number, Answer['kind']>> = { [CALLBACK.deferredUpdate]: 'update', [CALLBACK.update]: 'update', [CALLBACK.choices]: 'choices', [CALLBACK.modal]: 'modal' }
const ERRORS: Readonly<Record<Interaction['type'], string>> = {
  [INTERACTION.command]: 'The application did not respond', [INTERACTION.autocomplete]: 'Loading options failed',
  [INTERACTION.component]: 'This interaction failed', [INTERACTION.modal]: 'This interaction failed',
}

/** The message that an interaction's `@original` is. */
export function originalOf(look: Look, interaction: Interaction): SeenMessage | undefined {
  const stored = interaction.originalId === undefined ? undefined : look.world.messages.get(interaction.originalId)
  return stored === undefined ? undefined : new SeenMessage(stored, look)
}

/** The modal that an interaction opened. */
export function modalOf(interaction: Interaction): SeenModal | undefined {
  const { modal } = interaction
  return modal === undefined ? undefined : { interactionId: interaction.id, title: plain(modal['title']), customId: plain(modal['custom_id']), raw: modal }
}

/** What somebody sees of how their interaction was answered. */
export function answerOf(look: Look, interaction: Interaction, message: SeenMessage | undefined): Answer {
  const failed = interaction.state === 'failed'
  return {
    interactionId: interaction.id, message, choices: interaction.choices ?? [], modal: modalOf(interaction),
    kind: failed ? 'failed' : KINDS[interaction.callback ?? 0] ?? 'message',
    get followups() { return interaction.followups.flatMap((id) => look.world.messages.get(id) ?? []).map((each) => new SeenMessage(each, look)) },
    error: failed ? ERRORS[interaction.type] : undefined,
    timeToFirstAnswerMs: interaction.answeredAt === undefined ? undefined : interaction.answeredAt - interaction.createdAt,
  }
}
