import { OPTION } from '../discord/component-types.ts'
import { type Command, type CommandOption, type Guild, isOffered, localised } from '../discord/world.ts'

const CHAT_INPUT = 1

/** A command, or the end of a path of sub-commands, as the picker shows it. */
export interface Offered {
  /** `trivia play` */
  readonly path: string
  /** The same as people of that language read it. */
  readonly shown: string
  readonly description: string
  readonly options: readonly CommandOption[]
}

/** Everything that Discord's picker offers somebody in a server. */
export function offeredCommands(commands: readonly Command[], guild: Guild, memberId: string, locale: string): Offered[] {
  return commands
    .filter((command) => command.type === CHAT_INPUT && (command.guild_id === undefined || command.guild_id === guild.id) && isOffered(command, guild, memberId))
    .flatMap((command) => ends(command, '', '', locale))
    .sort((a, b) => a.path.localeCompare(b.path))
}

/** Those that fit what was typed, the ones that begin with it first. */
export function matching(offered: readonly Offered[], typed: string): Offered[] {
  const words = typed.replace(/^\//, '').toLowerCase().trim()
  const rank = ({ path, shown, description }: Offered): number => {
    const names = [path, shown].map((name) => name.toLowerCase())
    if (names.some((name) => name.startsWith(words) || (name.split(' ').at(-1) ?? '').startsWith(words))) return 0
    if (names.some((name) => name.includes(words))) return 1
    return description.toLowerCase().includes(words) ? 2 : 3
  }
  return offered.map((each) => ({ each, at: rank(each) })).filter(({ at }) => at < 3).sort((a, b) => a.at - b.at).map(({ each }) => each)
}

function ends(node: Command | CommandOption, path: string, shown: string, locale: string): Offered[] {
  const own = `${path} ${node.name}`.trim()
  const read = `${shown} ${localised(node.name, node.name_localizations, locale)}`.trim()
  const options = node.options ?? []
  const below = options.filter(({ type }) => type === OPTION.subcommand || type === OPTION.group)
  if (below.length > 0) return below.flatMap((each) => ends(each, own, read, locale))
  return [{ path: own, shown: read, description: localised(node.description, node.description_localizations, locale), options }]
}
