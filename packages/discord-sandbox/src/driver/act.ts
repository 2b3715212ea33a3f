import { CALLBACK, type Interaction } from '../interactions/interaction.ts'
import type { Interactions } from '../interactions/interactions.ts'
import type { JsonObject } from '../json.ts'
import type { Bus } from '../state/bus.ts'
import type { Files } from '../state/files.ts'
import type { Messages } from '../state/messages.ts'
import type { Application, Channel, Guild } from '../state/model.ts'
import type { World } from '../state/world.ts'
import { answerOf, originalOf } from './answers.ts'
import type { Members } from './members.ts'
import type { Answer, SeenMessage } from './seen.ts'
import { untilAbout } from './waiting.ts'

/** What acting as a user needs. */
export interface UserParts {
  world: World
  bus: Bus
  files: Files
  messages: Messages
  interactions: Interactions
  members: Members
  application: Application
  /** None in a conversation with the bot. */
  guild: Guild | undefined
  channel: Channel
  /** Real milliseconds to wait for what a deferral promises. */
  settleMs: number
}

/** Sends an interaction and waits for what the user sees of it: the first answer, and after a deferral the message that it promises. */
export async function act(parts: UserParts, userId: string, what: { type: Interaction['type']; label: string; data: JsonObject; messageId: string | undefined }): Promise<Answer> {
  const { application, bus, channel, interactions, settleMs } = parts
  const interaction = interactions.start({ ...what, applicationId: application.id, userId, channel })
  await untilAbout(bus, interaction.id, () => interaction.state !== 'waiting')
  const original = (): SeenMessage | undefined => originalOf(parts, interaction)
  // A promise that is not kept in time is what the user sees too: a message that is still loading.
  if (interaction.callback === CALLBACK.deferredMessage && interaction.originalId !== undefined) await untilAbout(bus, interaction.originalId, () => original()?.loading !== true, settleMs).catch(() => {})
  return answerOf(parts, interaction, original())
}
