import { playerName } from '../discord/escape.ts'
import type { RankedPlayer } from '../features/leaderboards/index.ts'
import type { Translate } from '../texts/index.ts'

const MEDALS: readonly string[] = ['🥇', '🥈', '🥉']

/** A line for each player of a list; `highlighted` is the one whom it is about. */
export function boardRows(t: Translate, rows: readonly RankedPlayer[], highlighted: string | null): string[] {
  return rows.map(({ rank, userId, name, points }) => {
    const player = playerName(name, userId)
    return t('leaderboard.row', { place: MEDALS[rank - 1] ?? `#${rank}`, player: userId === highlighted ? `**${player}**` : player, points })
  })
}

/** As many of the lines as an embed's description takes. */
export function joinedRows(lines: readonly string[], longest = 3_900): string {
  const kept: string[] = []
  let length = 0
  for (const line of lines) {
    length += line.length + 1
    if (length > longest) return [...kept, '…'].join('\n')
    kept.push(line)
  }
  return kept.join('\n')
}
