import { effect } from '@preact/signals'
import { listen } from '../net/events.ts'
import { gatewayChanged, interactionChanged, loadActivity, requestRefused } from './activity.ts'
import { discordNow, setClock, startClock } from './clock.ts'
import { connected, dev } from './dev.ts'
import { loadMessages, messageChanged } from './messages.ts'
import { startTheme } from './theme.ts'
import { me, become, place, world, worldChanged } from './world.ts'

/** Begins to listen, and looks everything up. After a break everything is looked up again: nobody tells what was missed. */
export function start(): void {
  startTheme()
  startClock()
  effect(() => {
    if (world.value !== null) setClock(world.value.now)
  })
  effect(() => {
    if (place.value !== null && me.value !== '') void loadMessages().catch(() => {})
  })
  listen({
    opened: () => void lookAgain().catch(() => {}),
    lost: () => (connected.value = false),
    dev: (status) => (dev.value = status),
    message: messageChanged,
    interaction: ({ interaction }) => {
      if (interaction !== undefined) interactionChanged(interaction)
    },
    request: (request) => {
      if (request.refused) requestRefused(request)
    },
    place: worldChanged,
    commands: worldChanged,
    gateway: ({ change, shard, closeCode }) => {
      gatewayChanged(`shard ${shard} ${change}${closeCode === undefined ? '' : ` (${closeCode})`}`, discordNow())
      worldChanged()
    },
    clock: ({ now }) => setClock(now),
  })
}

async function lookAgain(): Promise<void> {
  connected.value = true
  await become(me.value)
  await Promise.all([loadActivity(), loadMessages()])
}
