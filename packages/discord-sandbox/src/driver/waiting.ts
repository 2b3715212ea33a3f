import type { Bus } from '../state/bus.ts'

/** What to listen to while waiting: calls back whenever it is worth looking again, until the result is called. */
type Watch = (look: () => void) => () => void

/** Waits, looking again whenever anything happens; an error after that many real milliseconds. */
export function until(bus: Bus, condition: () => boolean, timeoutMs?: number): Promise<void> {
  return watch((look) => bus.listen(look), condition, timeoutMs)
}

/** Waits, looking again whenever something happens to this message or interaction. */
export function untilAbout(bus: Bus, id: string, condition: () => boolean, timeoutMs?: number): Promise<void> {
  return watch((look) => bus.about(id, look), condition, timeoutMs)
}

async function watch(start: Watch, condition: () => boolean, timeoutMs: number | undefined): Promise<void> {
  if (condition()) return
  await new Promise<void>((resolve, reject) => {
    const end = (act: () => void): void => {
      stop()
      clearTimeout(timer)
      act()
    }
    const stop = start(() => {
      if (condition()) end(resolve)
    })
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => end(() => reject(new Error(`It did not happen within ${timeoutMs} ms.`))), timeoutMs)
  })
}
