import { type APIMessage, ApplicationCommandType, MessageFlags, MessageType } from 'discord-api-types/v10'
import { isObject, type JsonObject, numberOf, objectOf, objectsOf, plain } from '../json.ts'
import type { UploadedFile } from '../state/files.ts'
import type { Messages } from '../state/messages.ts'
import type { StoredMessage } from '../state/model.ts'
import { userOf } from '../state/wire.ts'
import type { World } from '../state/world.ts'
import { checkChoices } from '../validation/command-options.ts'
import { Faults } from '../validation/faults.ts'
import { checkMessage } from '../validation/messages.ts'
import { checkModal } from '../validation/modals.ts'
import { CALLBACK, INTERACTION, type Interaction } from './interaction.ts'
import type { Interactions } from './interactions.ts'

const { message, deferredMessage, deferredUpdate, update, choices, modal } = CALLBACK

/** What may answer what: https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type */
function allowedAnswers(interaction: Interaction): readonly number[] {
  if (interaction.type === INTERACTION.autocomplete) return [choices]
  if (interaction.type === INTERACTION.command) return [message, deferredMessage, modal]
  if (interaction.type === INTERACTION.component) return [message, deferredMessage, deferredUpdate, update, modal]
  return interaction.messageId === undefined ? [message, deferredMessage] : [message, deferredMessage, deferredUpdate, update]
}

/** Answers interactions, in the callback and by their webhook. */
export class Callbacks {
  readonly #world: World
  readonly #messages: Messages
  readonly #interactions: Interactions

  constructor(world: World, messages: Messages, interactions: Interactions) {
    this.#world = world
    this.#messages = messages
    this.#interactions = interactions
  }

  /** The first answer. The result is what `with_response` asks for. */
  first(id: string, token: string, body: JsonObject, files: readonly UploadedFile[]): object {
    const interaction = this.#interactions.forCallback(id, token)
    const type = numberOf(body['type'])
    const data = objectOf(body['data'])
    validate(interaction, body, files, interaction.messageId === undefined ? undefined : this.#world.messages.get(interaction.messageId))

    if (type === message || type === deferredMessage) this.#reply(interaction, data, files, type === deferredMessage)
    else if (type === update || type === deferredUpdate) this.#update(interaction, data, files, type === update)
    else if (type === choices) interaction.choices = objectsOf(data['choices'])
    else interaction.modal = data
    this.#interactions.answer(interaction, type ?? 0)
    return this.#response(interaction, type ?? 0)
  }

  /** A further message; right after a deferral, what the deferral was waiting for. */
  followUp(interaction: Interaction, body: JsonObject, files: readonly UploadedFile[]): StoredMessage {
    const faults = new Faults()
    checkMessage(faults, faults, body, { files })
    const original = interaction.originalId === undefined ? undefined : this.#world.messages.get(interaction.originalId)
    if (original !== undefined && ((original.wire.flags ?? 0) & MessageFlags.Loading) !== 0) return this.#messages.edit(original, body, files)
    const stored = this.#create(interaction, body, files, 0, interaction.originalId)
    this.#interactions.followUp(interaction, stored.wire.id)
    return stored
  }

  #reply(interaction: Interaction, data: JsonObject, files: readonly UploadedFile[], deferred: boolean): void {
    const body = deferred ? { flags: (numberOf(data['flags']) ?? 0) & MessageFlags.Ephemeral } : data
    interaction.originalId = this.#create(interaction, body, files, deferred ? MessageFlags.Loading : 0, undefined).wire.id
  }

  #update(interaction: Interaction, data: JsonObject, files: readonly UploadedFile[], now: boolean): void {
    if (interaction.messageId !== undefined) interaction.originalId = interaction.messageId
    const stored = interaction.originalId === undefined ? undefined : this.#world.messages.get(interaction.originalId)
    if (now && stored !== undefined) this.#messages.edit(stored, data, files)
  }

  #create(interaction: Interaction, body: JsonObject, files: readonly UploadedFile[], flags: number, repliesTo: string | undefined): StoredMessage {
    const channel = this.#world.channels.get(interaction.channelId)
    if (channel === undefined) throw new Error('An interaction is in no channel.')
    const ephemeral = ((numberOf(body['flags']) ?? 0) & MessageFlags.Ephemeral) !== 0
    const user = userOf(this.#world, interaction.userId)
    const metadata = { id: interaction.id, type: interaction.type, user, authorizing_integration_owners: { '0': interaction.guildId ?? '0' }, ...(repliesTo === undefined ? {} : { original_response_message_id: repliesTo }) }
    const command = interaction.type === INTERACTION.command
    const legacy = { id: interaction.id, type: interaction.type, name: plain(interaction.data['name']), user }
    return this.#messages.create({
      channel, authorId: interaction.applicationId, applicationId: interaction.applicationId, body, files, flags,
      type: !command ? MessageType.Default : interaction.data['type'] === ApplicationCommandType.ChatInput ? MessageType.ChatInputCommand : MessageType.ContextMenuCommand, onlyFor: ephemeral ? interaction.userId : undefined,
      extra: { interaction_metadata: metadata, ...(command ? { interaction: legacy } : {}) } as unknown as Partial<APIMessage>,
    })
  }

  #response(interaction: Interaction, type: number): object {
    const stored = interaction.originalId === undefined ? undefined : this.#world.messages.get(interaction.originalId)
    const flags = stored?.wire.flags ?? 0
    const about = stored === undefined ? {} : { response_message_id: stored.wire.id, response_message_loading: (flags & MessageFlags.Loading) !== 0, response_message_ephemeral: (flags & MessageFlags.Ephemeral) !== 0 }
    const carries = stored !== undefined && type !== deferredUpdate
    return { interaction: { id: interaction.id, type: interaction.type, ...about }, resource: { type, ...(carries ? { message: stored.wire } : {}) } }
  }
}

function validate(interaction: Interaction, body: JsonObject, files: readonly UploadedFile[], existing: StoredMessage | undefined): void {
  const faults = new Faults()
  const type = numberOf(body['type'])
  const allowed = allowedAnswers(interaction)
  if (type === undefined) faults.at('type').required()
  else if (!allowed.includes(type)) faults.at('type').add('BASE_TYPE_CHOICES', `Value must be one of {${allowed.join(', ')}}.`)
  faults.throwIfAny()

  const at = faults.at('data')
  const data = objectOf(body['data'])
  if ((type === message || type === choices || type === modal) && !isObject(body['data'])) at.required()
  if (type === message || type === update) checkMessage(faults, at, data, { files, existing: type === update ? existing?.wire : undefined })
  if (type === choices) checkChoices(at.at('choices'), data['choices'], objectsOf(data['choices']).some((choice) => typeof choice['value'] === 'string'))
  if (type === modal) checkModal(at, data)
  faults.throwIfAny()
}
