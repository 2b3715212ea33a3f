/** The time, in milliseconds since 1970. */
export interface Clock {
  now(): number
  /** Discord's time as an interaction showed it. */
  sawDiscordAt?(moment: number): void
}

/** A clock that is so far behind Discord's is wrong. */
const BEHIND = 2_000
/** One that is so far ahead may be wrong, or the interaction was long under way: a resumed connection brings old ones. */
const AHEAD = 60_000
/** So many in a row have to say the same before the clock goes back. */
const WITNESSES = 3

/**
 * The machine's clock, set right by Discord's where they differ: players see Discord's time, and their deadlines are
 * shown in it. A local Discord can move its clock, and the bot follows.
 *
 * That it is behind is certain: nothing arrives before it was sent. That it is ahead is believed when several
 * interactions one after the other agree on by how much.
 */
export function discordClock(machineNow: () => number = Date.now): Clock {
  let offset = 0
  let doubts: number[] = []
  return {
    now: () => machineNow() + offset,
    sawDiscordAt: (moment) => {
      const difference = moment - (machineNow() + offset)
      if (difference > BEHIND) offset += difference
      if (difference > -AHEAD) {
        doubts = []
        return
      }
      const seen = moment - machineNow()
      doubts = [...doubts.filter((each) => Math.abs(each - seen) < BEHIND), seen]
      if (doubts.length < WITNESSES) return
      offset = Math.max(...doubts)
      doubts = []
    },
  }
}
