import { type APIApplicationCommand, ApplicationCommandType } from 'discord-api-types/v10'
import { NotPossible } from '../errors.ts'
import { CALLBACK, INTERACTION, type Interaction } from '../interactions/interaction.ts'
import type { Interactions } from '../interactions/interactions.ts'
import { type JsonObject, numberOf, objectsOf, plain } from '../json.ts'
import type { Bus } from '../state/bus.ts'
import type { Application, Channel, Guild } from '../state/model.ts'
import { permissionsOf } from '../state/permissions.ts'
import type { World } from '../state/world.ts'
import { SELECTS } from '../validation/components.ts'
import { commandData, type OptionValue } from './command-data.ts'
import { type Answer, interactive, SeenMessage, type SeenModal } from './seen.ts'

/** What acting as a user needs. */
export interface UserParts {
  world: World
  bus: Bus
  interactions: Interactions
  application: Application
  guild: Guild
  channel: Channel
  /** Real milliseconds to wait for what a deferral promises. */
  settleMs: number
}

/** Somebody who uses the bot, in one channel. */
export class SandboxUser {
  readonly id: string
  readonly #parts: UserParts

  constructor(id: string, parts: UserParts) {
    this.id = id
    this.#parts = parts
  }

  get mention(): string { return `<@${this.id}>` }

  /** The same person in another channel, which may be of another server. */
  in(channel: Channel): SandboxUser {
    const guild = this.#parts.world.guilds.get(channel.guildId ?? '')
    if (guild === undefined) throw new NotPossible('Conversations are not supported yet.')
    this.#parts.world.join(guild, this.id)
    return new SandboxUser(this.id, { ...this.#parts, guild, channel })
  }

  /** Types a slash command. `evenIfHidden` sends it though Discord's menu would not offer it. */
  async slash(line: string, values: Readonly<Record<string, OptionValue>> = {}, options: { evenIfHidden?: boolean } = {}): Promise<Answer> {
    const { command, path } = this.#command(line, options.evenIfHidden === true)
    return this.#act(INTERACTION.command, line, commandData(this.#parts.world, this.#parts.guild, command, path, values))
  }

  /** Types into an option that completes itself; `focused` is the option's name. */
  async autocomplete(line: string, focused: string, values: Readonly<Record<string, OptionValue>>): Promise<Answer> {
    const { command, path } = this.#command(line, false)
    return this.#act(INTERACTION.autocomplete, line, commandData(this.#parts.world, this.#parts.guild, command, path, { [focused]: '', ...values }, focused))
  }

  /** Clicks a button, named by its label or custom id. */
  async click(message: SeenMessage, name: string): Promise<Answer> {
    const button = this.#component(message, name, [2])
    return this.#act(INTERACTION.component, name, { component_type: 2, custom_id: button['custom_id'], id: button['id'] }, message.id)
  }

  /** Chooses from a select, which may be left out if there is one only. */
  async select(message: SeenMessage, values: readonly string[], name?: string): Promise<Answer> {
    const select = this.#component(message, name, SELECTS)
    const options = objectsOf(select['options'])
    const chosen = options.length === 0 ? values : values.map((value) => {
      const option = options.find((each) => each['value'] === value || each['label'] === value)
      if (option === undefined) throw new NotPossible(`There is no option "${value}".`)
      return option['value']
    })
    if (chosen.length < (numberOf(select['min_values']) ?? 1) || chosen.length > (numberOf(select['max_values']) ?? 1)) throw new NotPossible('Too few or too many are chosen.')
    return this.#act(INTERACTION.component, name ?? 'select', { component_type: select['type'], custom_id: select['custom_id'], id: select['id'], values: chosen }, message.id)
  }

  /** Fills in a modal, by custom ids, and sends it. */
  async submit(modal: SeenModal, values: Readonly<Record<string, string>>): Promise<Answer> {
    const inputs = interactive(modal.raw['components'])
    for (const name of Object.keys(values)) if (!inputs.some((each) => each['custom_id'] === name)) throw new NotPossible(`There is no field "${name}".`)
    const fill = (component: JsonObject): JsonObject => {
      if (Array.isArray(component['components'])) return { type: component['type'], components: objectsOf(component['components']).map(fill) }
      if (component['component'] !== undefined) return { type: component['type'], component: objectsOf([component['component']]).map(fill)[0] }
      if (component['type'] === 10) return { type: 10 }
      const given = values[plain(component['custom_id'])] ?? component['value'] ?? ''
      const text = plain(given)
      if (component['type'] !== 4) return { type: component['type'], custom_id: component['custom_id'], values: text === '' ? [] : [text] }
      if (text === '' && component['required'] !== false) throw new NotPossible('A required field is empty.')
      if (text !== '' && (text.length < (numberOf(component['min_length']) ?? 0) || text.length > (numberOf(component['max_length']) ?? 4_000))) throw new NotPossible('A text is too short or too long.')
      return { type: 4, custom_id: component['custom_id'], value: text }
    }
    const opener = this.#parts.interactions.all.get(modal.interactionId)
    return this.#act(INTERACTION.modal, modal.title, { custom_id: modal.customId, components: objectsOf(modal.raw['components']).map(fill) }, opener?.messageId)
  }

  /** The messages of this channel that this person sees. */
  messages(): SeenMessage[] {
    return [...this.#parts.world.messages.values()].filter((each) => each.channelId === this.#parts.channel.id && (each.onlyFor === undefined || each.onlyFor === this.id)).map((each) => new SeenMessage(each))
  }

  #command(line: string, evenIfHidden: boolean): { command: APIApplicationCommand; path: string[] } {
    const [name, ...path] = line.replace(/^\//, '').split(/\s+/)
    const { application, guild, channel } = this.#parts
    const command = [...(application.commands.get(guild.id) ?? []), ...(application.commands.get('global') ?? [])].find((each) => each.name === name && each.type === ApplicationCommandType.ChatInput)
    if (command === undefined) throw new NotPossible(`There is no command /${name}.`)
    const needed = command.default_member_permissions == null ? 0n : BigInt(command.default_member_permissions)
    const hidden = (permissionsOf(guild, this.id, channel) & needed) !== needed || command.default_member_permissions === '0'
    if (hidden && !evenIfHidden) throw new NotPossible(`Discord's menu does not offer /${name} to this user.`)
    return { command, path }
  }

  #component(message: SeenMessage, name: string | undefined, types: readonly unknown[]): JsonObject {
    if (message.deleted) throw new NotPossible('The message is gone.')
    if (!this.messages().some((each) => each.id === message.id)) throw new NotPossible('This user does not see the message.')
    const found = message.components.find((each) => types.includes(each['type']) && (name === undefined || each['custom_id'] === name || each['label'] === name))
    if (found === undefined) throw new NotPossible(`The message has no "${name ?? 'select'}"; it has ${message.components.map((each) => plain(each['label'] ?? each['custom_id'])).join(', ')}.`)
    if (found['disabled'] === true) throw new NotPossible(`"${name ?? 'select'}" is disabled.`)
    return found
  }

  async #act(type: Interaction['type'], label: string, data: JsonObject, messageId?: string): Promise<Answer> {
    const interaction = this.#parts.interactions.start({ applicationId: this.#parts.application.id, type, label, userId: this.id, channel: this.#parts.channel, data, messageId })
    await until(this.#parts.bus, () => interaction.state !== 'waiting')
    const original = (): SeenMessage | undefined => {
      const stored = interaction.originalId === undefined ? undefined : this.#parts.world.messages.get(interaction.originalId)
      return stored === undefined ? undefined : new SeenMessage(stored)
    }
    if (interaction.callback === CALLBACK.deferredMessage) await until(this.#parts.bus, () => original()?.loading !== true, this.#parts.settleMs).catch(() => {})
    return this.#answer(interaction, original())
  }

  #answer(interaction: Interaction, message: SeenMessage | undefined): Answer {
    const { world } = this.#parts
    const kinds: Readonly<Record<number, Answer['kind']>> = { [CALLBACK.deferredUpdate]: 'update', [CALLBACK.update]: 'update', [CALLBACK.choices]: 'choices', [CALLBACK.modal]: 'modal' }
    const failed = interaction.state === 'failed'
    const { modal } = interaction
    return {
      interactionId: interaction.id, message, choices: interaction.choices ?? [],
      kind: failed ? 'failed' : kinds[interaction.callback ?? 0] ?? 'message',
      get followups() { return interaction.followups.flatMap((id) => world.messages.get(id) ?? []).map((each) => new SeenMessage(each)) },
      modal: modal === undefined ? undefined : { interactionId: interaction.id, title: plain(modal['title']), customId: plain(modal['custom_id']), raw: modal },
      error: !failed ? undefined : interaction.type === INTERACTION.command ? 'The application did not respond' : interaction.type === INTERACTION.autocomplete ? 'Loading options failed' : 'This interaction failed',
      timeToFirstAnswerMs: interaction.answeredAt === undefined ? undefined : interaction.answeredAt - interaction.createdAt,
    }
  }
}

/** Waits, looking again whenever something happens. */
export async function until(bus: Bus, condition: () => boolean, timeoutMs?: number): Promise<void> {
  if (condition()) return
  await new Promise<void>((resolve, reject) => {
    const end = (act: () => void): void => {
      stop()
      clearTimeout(timer)
      act()
    }
    const stop = bus.listen(() => {
      if (condition()) end(resolve)
    })
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => end(() => reject(new Error(`It did not happen within ${timeoutMs} ms.`))), timeoutMs)
  })
}
