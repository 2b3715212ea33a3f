/** The time, in milliseconds since 1970. */
export interface Clock {
  now(): number
  /** Discord's time as an interaction showed it. */
  sawDiscordAt?(moment: number): void
}

/** A clock that is so far behind Discord's is wrong. */
const BEHIND = 2_000
/** One that is so far ahead, too; what is less may be an interaction that was long under way. */
const AHEAD = 60_000

/**
 * The machine's clock, set right by Discord's where they differ: players see Discord's time, and their deadlines are
 * shown in it. A local Discord can move its clock, and the bot follows.
 */
export function discordClock(machineNow: () => number = Date.now): Clock {
  let offset = 0
  return {
    now: () => machineNow() + offset,
    sawDiscordAt: (moment) => {
      const difference = moment - (machineNow() + offset)
      if (difference > BEHIND || difference < -AHEAD) offset += difference
    },
  }
}
