import { randomUUID } from 'node:crypto'
import { type AutocompleteInteraction, DiscordAPIError, type Interaction } from 'discord.js'
import { StoreError } from '../store/index.ts'
import { actorOf } from './actor.ts'
import { readCustomId } from './custom-id.ts'
import { type Answerable, FirstAnswer, giveChoices } from './first-answer.ts'
import type { Actor, CommandHandler, ComponentHandler, ModalHandler, Services } from './handler.ts'
import { type Reply, type Sent, whisper } from './reply.ts'

/** Discord's code for a body that breaks a limit. */
const INVALID_BODY = 50_035

/** Each waits for the database as long as the store does. */
const REPORTS = 3

/** All that the bot reacts to. */
export interface Handlers {
  /** By command and sub-command: `trivia play`. */
  readonly commands: ReadonlyMap<string, CommandHandler>
  readonly components: ReadonlyMap<string, ComponentHandler>
  readonly modals: ReadonlyMap<string, ModalHandler>
}

/** What became of an interaction. */
export type Outcome = 'done' | 'failed' | 'not-taken' | 'unknown'

export interface Observer {
  /** @param milliseconds from Discord's delivery to the first answer */
  readonly firstAnswer: (name: string, milliseconds: number) => void
  readonly outcome: (name: string, outcome: Outcome) => void
}

/** The handler of an interaction, and the name under which it is counted. */
interface Found {
  readonly name: string
  readonly ephemeral: boolean
  readonly run: (actor: Actor) => Promise<Reply> | Reply
}

/** Answers every interaction: what the handler says, or what went wrong, in time. */
export function createDispatcher(services: Services, { commands, components, modals }: Handlers, observer: Observer) {
  const { texts, log, clock } = services

  return async function dispatch(interaction: Interaction): Promise<void> {
    clock.sawDiscordAt?.(interaction.createdTimestamp)
    if (interaction.isAutocomplete()) return complete(interaction)
    if (!interaction.isChatInputCommand() && !interaction.isMessageComponent() && !interaction.isModalSubmit()) return
    const actor = actorOf(interaction, texts)
    const found = find(interaction)
    const name = found?.name ?? 'unknown'
    const arrived = performance.now()
    const first = new FirstAnswer(interaction, found?.ephemeral ?? true, () => observer.firstAnswer(name, performance.now() - arrived))
    let outcome: Outcome = found === null ? 'unknown' : 'done'
    const reply = found === null
      ? whisper(actor.t(interaction.isChatInputCommand() ? 'errors.outdated' : 'errors.expired'))
      : await Promise.resolve().then(() => found.run(actor)).catch((error: unknown) => {
          outcome = 'failed'
          return apology(actor, error, name)
        })
    let sent: Sent | undefined
    try {
      sent = await first.give(reply)
    } catch (error) {
      outcome = 'not-taken'
      const code = error instanceof DiscordAPIError ? error.code : undefined
      log.warn({ err: error, handler: name, discord: code }, 'an answer was not taken')
      if (reply.kind === 'message' || reply.kind === 'update') await reply.failed?.(error).catch((second: unknown) => log.error({ err: second, handler: name }, 'and could not be taken back'))
      // What was refused for its content leaves the player without an answer; that much can be said.
      if (code === INVALID_BODY) await first.giveInstead(whisper(actor.t('errors.unknown', { code: 'refused' }))).catch(() => {})
    }
    if (sent !== undefined && (reply.kind === 'message' || reply.kind === 'update')) await reportSent(reply, sent, name)
    observer.outcome(name, outcome)
  }

  /** The player has seen it, whatever the database says now: it is told until it listens. */
  async function reportSent({ sent: report }: Extract<Reply, { kind: 'message' | 'update' }>, sent: Sent, name: string): Promise<void> {
    for (let attempt = 1; report !== undefined && attempt <= REPORTS; attempt += 1) {
      try {
        await report(sent)
        return
      } catch (error) {
        log.warn({ err: error, handler: name, attempt }, 'a message was sent, and the database does not know')
      }
    }
  }

  async function complete(interaction: AutocompleteInteraction): Promise<void> {
    const name = commandName(interaction)
    const autocomplete = commands.get(name)?.autocomplete
    const arrived = performance.now()
    try {
      const none: Reply = { kind: 'choices', choices: [] }
      await giveChoices(interaction, autocomplete === undefined ? Promise.resolve(none) : autocomplete(services, actorOf(interaction, texts), interaction).catch(() => none))
      observer.firstAnswer(`${name} (choices)`, performance.now() - arrived)
    } catch (error) {
      log.debug({ err: error, handler: name }, 'choices were not taken')
    }
  }

  function find(interaction: Answerable): Found | null {
    if (interaction.isChatInputCommand()) {
      const name = commandName(interaction)
      const command = commands.get(name)
      return command === undefined ? null : { name, ephemeral: command.ephemeral, run: (actor) => command.run(services, actor, interaction) }
    }
    const { name, parts } = readCustomId(interaction.customId)
    if (interaction.isModalSubmit()) {
      const modal = modals.get(name)
      return modal === undefined ? null : { name: `${name} (form)`, ephemeral: true, run: (actor) => modal(services, actor, interaction, parts) }
    }
    const component = components.get(name)
    return component === undefined ? null : { name: `${name} (button)`, ephemeral: true, run: (actor) => component(services, actor, interaction, parts) }
  }

  function apology({ t }: Actor, error: unknown, handler: string): Reply {
    if (error instanceof StoreError && error.busy) {
      log.warn({ handler }, 'the database was busy for too long')
      return whisper(t('errors.busy'))
    }
    const code = randomUUID().slice(0, 8)
    log.error({ err: error, handler, code }, 'a handler failed')
    return whisper(t('errors.unknown', { code }))
  }
}

function commandName(interaction: { commandName: string; options: { getSubcommand(required: false): string | null } }): string {
  const below = interaction.options.getSubcommand(false)
  return below === null ? interaction.commandName : `${interaction.commandName} ${below}`
}
