import { ApplicationCommandType, MessageType } from 'discord-api-types/v10'
import { NotPossible } from '../errors.ts'
import { INTERACTION, type Interaction } from '../interactions/interaction.ts'
import type { JsonObject } from '../json.ts'
import { replyTo } from '../state/messages.ts'
import type { Channel } from '../state/model.ts'
import { SELECTS } from '../validation/controls.ts'
import { act, type UserParts } from './act.ts'
import { commandData, menuData } from './command-data.ts'
import { type FieldValue, modalData } from './modal-data.ts'
import { offeredCommand } from './offered-command.ts'
import type { OptionValue } from './option-value.ts'
import { type GivenFile, Resolved, uploaded } from './resolved.ts'
import { type Answer, SeenMessage, type SeenModal } from './seen.ts'
import { chosenValues } from './select-data.ts'
import { componentOf, requireSpeech, visibleMessages } from './sight.ts'

/** Somebody who uses the bot, in one channel. What they could not do in Discord's client throws `NotPossible`. */
export class SandboxUser {
  readonly id: string
  readonly #parts: UserParts

  constructor(id: string, parts: UserParts) {
    this.id = id
    this.#parts = parts
  }

  get mention(): string { return `<@${this.id}>` }
  /** Where they are. */
  get channel(): Channel { return this.#parts.channel }

  /** The same person in another channel, which may be of another server (they join it), or in their conversation with the bot. */
  in(channel: Channel): SandboxUser {
    const guild = this.#parts.world.guildOf(channel)
    if (guild === undefined && !channel.recipients.includes(this.id)) throw new NotPossible('This conversation is between others.')
    if (guild !== undefined) this.#parts.members.join(guild, this.id)
    return new SandboxUser(this.id, { ...this.#parts, guild, channel })
  }

  /** The same person in their conversation with the bot. */
  direct(): SandboxUser {
    return this.in(this.#parts.world.directChannel(this.#parts.application.id, this.id))
  }

  /** Changes what they may do in this server besides what everybody may, as permission bits. */
  setPermissions(permissions: bigint): void {
    const { guild, members } = this.#parts
    if (guild === undefined) throw new NotPossible('There are no permissions in a conversation.')
    members.setPermissions(guild, this.id, permissions)
  }

  /** Switches direct messages of bots on or off (50007). */
  setDirectMessages(on: boolean): void {
    const person = this.#parts.world.people.get(this.id)
    if (person !== undefined) person.directMessages = on
  }

  /** Changes the language of their client. */
  setLocale(locale: string): void {
    const person = this.#parts.world.people.get(this.id)
    if (person !== undefined) person.locale = locale
  }

  /** Types a slash command. `evenIfHidden` sends it though Discord's menu would not offer it. */
  async slash(line: string, values: Readonly<Record<string, OptionValue>> = {}, options: { evenIfHidden?: boolean } = {}): Promise<Answer> {
    const { command, path } = this.#command(line, options.evenIfHidden === true)
    return this.#act(INTERACTION.command, line, commandData(this.#parts, command, path, values))
  }

  /** Types into an option that completes itself; `focused` is the option's name. */
  async autocomplete(line: string, focused: string, values: Readonly<Record<string, OptionValue>>): Promise<Answer> {
    const { command, path } = this.#command(line, false)
    return this.#act(INTERACTION.autocomplete, line, commandData(this.#parts, command, path, { [focused]: '', ...values }, focused))
  }

  /** Chooses a command from the menu of a user, named by their id or themselves. */
  async onUser(name: string, target: string | SandboxUser): Promise<Answer> {
    return this.#menu(ApplicationCommandType.User, 'user', name, typeof target === 'string' ? target : target.id)
  }

  /** Chooses a command from the menu of a message. */
  async onMessage(name: string, message: SeenMessage): Promise<Answer> {
    return this.#menu(ApplicationCommandType.Message, 'message', name, message.id)
  }

  /** Clicks a button, named by its label or custom id. */
  async click(message: SeenMessage, name: string): Promise<Answer> {
    const button = componentOf(this.#parts, this.id, message, name, [2])
    return this.#act(INTERACTION.component, name, { component_type: 2, custom_id: button['custom_id'], id: button['id'] }, message.id)
  }

  /** Chooses from a select, which may be left out if there is one only: options by label or value, all else by id. */
  async select(message: SeenMessage, values: readonly string[], name?: string): Promise<Answer> {
    const select = componentOf(this.#parts, this.id, message, name, SELECTS)
    const resolved = new Resolved(this.#parts)
    const chosen = chosenValues(select, values, resolved)
    return this.#act(INTERACTION.component, name ?? 'select', { component_type: select['type'], custom_id: select['custom_id'], id: select['id'], values: chosen, ...resolved.data() }, message.id)
  }

  /** Fills in a modal, by custom ids, and sends it. */
  async submit(modal: SeenModal, values: Readonly<Record<string, FieldValue>>): Promise<Answer> {
    const opener = this.#parts.interactions.all.get(modal.interactionId)
    return this.#act(INTERACTION.modal, modal.title, modalData(this.#parts, modal, values), opener?.messageId)
  }

  /** Writes a message into the channel. */
  write(content: string, options: { files?: readonly GivenFile[]; replyTo?: SeenMessage } = {}): SeenMessage {
    const { world, channel, messages } = this.#parts
    requireSpeech(this.#parts, this.id, content, options.files ?? [])
    const reference = options.replyTo === undefined ? undefined : world.messages.get(options.replyTo.id)
    const stored = messages.create({
      channel, authorId: this.id, applicationId: undefined, body: { content }, files: (options.files ?? []).map(uploaded), flags: 0, onlyFor: undefined,
      type: reference === undefined ? MessageType.Default : MessageType.Reply, extra: reference === undefined ? {} : replyTo(reference),
    })
    return new SeenMessage(stored, this.#parts)
  }

  /** The messages of this channel that this person sees, oldest first. */
  messages(): SeenMessage[] {
    return visibleMessages(this.#parts, this.id).map((each) => new SeenMessage(each, this.#parts)).toArray()
  }

  /** The newest message of this channel that this person sees. */
  lastMessage(): SeenMessage | undefined {
    return this.messages().at(-1)
  }

  #command(line: string, evenIfHidden: boolean): { command: ReturnType<typeof offeredCommand>; path: string[] } {
    const [name = '', ...path] = line.replace(/^\//, '').split(/\s+/)
    return { command: offeredCommand(this.#parts, this.#parts.application, this.id, { type: ApplicationCommandType.ChatInput, name, evenIfHidden }), path }
  }

  async #menu(type: ApplicationCommandType, kind: 'user' | 'message', name: string, targetId: string): Promise<Answer> {
    const command = offeredCommand(this.#parts, this.#parts.application, this.id, { type, name, evenIfHidden: false })
    return this.#act(INTERACTION.command, name, menuData(this.#parts, command, kind, targetId))
  }

  async #act(type: Interaction['type'], label: string, data: JsonObject, messageId?: string): Promise<Answer> {
    return act(this.#parts, this.id, { type, label, data, messageId })
  }
}
