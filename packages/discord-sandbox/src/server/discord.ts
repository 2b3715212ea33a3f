import { createClock, type SandboxClock } from '../clock.ts'
import { Gateway } from '../gateway/gateway.ts'
import type { IdentifyLimits } from '../gateway/identify-budget.ts'
import { tellOfMessages } from '../gateway/message-events.ts'
import { createPlaceEvents, type PlaceEvents } from '../gateway/place-events.ts'
import { Callbacks } from '../interactions/callbacks.ts'
import { Interactions } from '../interactions/interactions.ts'
import type { ApiParts } from '../rest/api.ts'
import { RateLimits } from '../rest/rate-limits.ts'
import { createRouter } from '../rest/route.ts'
import { basicRoutes } from '../rest/routes/basics.ts'
import { commandRoutes } from '../rest/routes/commands.ts'
import { interactionRoutes } from '../rest/routes/interactions.ts'
import { messageRoutes } from '../rest/routes/messages.ts'
import { createIds } from '../snowflake.ts'
import { type Bus, createBus } from '../state/bus.ts'
import { Files } from '../state/files.ts'
import { Messages } from '../state/messages.ts'
import { World } from '../state/world.ts'

/** What a Discord without a server is made of. */
export interface DiscordOptions {
  realNow: () => number
  frozen: boolean
  startAt: number | undefined
  makeToken: () => string
  identify: IdentifyLimits
  /** Whether applications, people, servers and channels have ids of their names. */
  stableIds: boolean
  invalidRequests: number | undefined
  kept: { interactions: number; messagesPerChannel: number }
  /** Where it can be reached: `127.0.0.1:PORT`. */
  address: () => string
}

/** The parts of a Discord, ready to be served and driven. */
export interface Discord {
  clock: SandboxClock
  bus: Bus
  world: World
  files: Files
  limits: RateLimits
  gateway: Gateway
  messages: Messages
  interactions: Interactions
  events: PlaceEvents
  api: ApiParts
  /** Real milliseconds that answers and payloads wait. */
  delays: { restMs: number; gatewayMs: number }
}

/** Puts the parts together; nothing is served yet. */
export function createDiscord(options: DiscordOptions): Discord {
  const { makeToken } = options
  const clock = createClock({ realNow: options.realNow, frozen: options.frozen, ...(options.startAt === undefined ? {} : { startAt: options.startAt }) })
  const now = (): number => clock.now()
  const bus = createBus()
  const world = new World(createIds(now), now, { keptMessagesPerChannel: options.kept.messagesPerChannel, stableIds: options.stableIds })
  const limits = new RateLimits(clock, options.invalidRequests)
  const delays = { restMs: 0, gatewayMs: 0 }
  const gatewayUrl = (): string => `ws://${options.address()}/gateway`
  const gateway = new Gateway({ world, bus, clock, makeToken, url: gatewayUrl, delay: () => delays.gatewayMs, identify: options.identify })
  const files = new Files(world.makeId, () => `http://${options.address()}`)
  const messages = new Messages({ world, bus, files, now, tell: tellOfMessages(world, gateway) })
  const interactions = new Interactions({ world, bus, clock, makeToken, kept: options.kept.interactions, deliver: (...event) => gateway.dispatch(...event) })
  const callbacks = new Callbacks(world, messages, interactions)
  const events = createPlaceEvents(world, gateway, bus)
  const find = createRouter([...basicRoutes(world, gateway, events, gatewayUrl), ...commandRoutes(world, bus), ...interactionRoutes({ world, messages, interactions, callbacks }), ...messageRoutes(world, messages, now)])
  const api: ApiParts = { world, bus, limits, find, now, delay: () => delays.restMs }
  return { clock, bus, world, files, limits, gateway, messages, interactions, events, api, delays }
}
