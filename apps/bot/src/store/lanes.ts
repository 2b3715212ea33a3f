import type { OperationName, Operations } from './operations.ts'
import type { Lane } from './protocol.ts'

/** The operations that only read. A list of its own, so that the main thread need not load what it does not run. */
type ReadName = { [Name in OperationName]: Operations[Name]['kind'] extends 'read' | 'client-read' ? Name : never }[OperationName]

const reads: Readonly<Record<ReadName, true>> = {
  anyDue: true, guildConfig: true, reportedQuestions: true, weeklyPostsDue: true, runningGames: true, schemaState: true, deployMark: true, smokeQueries: true, categories: true,
  leaderboard: true, standing: true, overview: true, playerReport: true, achievements: true, settings: true,
  friends: true, friendBoard: true, groups: true, groupBoard: true, exportPlayer: true,
}

export function laneOf(name: OperationName): Lane {
  return name in reads ? 'read' : 'write'
}
