import type { Clock } from '../clock.ts'
import type { Bus } from '../state/bus.ts'
import type { World } from '../state/world.ts'
import type { IdentifyLimits } from './identify-budget.ts'

/** What the gateway is made of. */
export interface GatewayParts {
  world: World
  bus: Bus
  clock: Clock
  makeToken: () => string
  /** The gateway's own address, for `resume_gateway_url`. */
  url: () => string
  /** Milliseconds that every payload waits. */
  delay: () => number
  identify: IdentifyLimits
}
