import { anyDue, categories, type DeployMark, deployMark, endAbandonedSessions, releaseLeases, runningGames, type SchemaState, schemaState, type ShardRange, weeklyPosted, weeklyPostsDue } from '@trivia/database/queries'
import { storedTime } from '@trivia/database/connection'
import { smokeQueries } from '../features/deploys/index.ts'
import { acceptRequest, askToBeFriends, declineRequest, friendBoard, friendLists, removeFromFriends } from '../features/friends/index.ts'
import { abandonGames, advance, answerRound, endShown, postingFailed, questionPosted, resultShown, startChallenge, startPlay, stopGame } from '../features/game/index.ts'
import { chooseWeeklyChannel, configureGuild, guildConfig } from '../features/guilds/configure.ts'
import { addQuestions, listReported, resolveReported, undoAdd } from '../features/guilds/questions.ts'
import { resetPlayer } from '../features/guilds/reset.ts'
import { foundGroup, groupBoard, groupList, joinGroup, leaveGroup } from '../features/groups/index.ts'
import { leaderboardPage, standingOf } from '../features/leaderboards/index.ts'
import { deletePlayer, exportPlayer } from '../features/privacy/index.ts'
import { reportQuestion } from '../features/reports/report.ts'
import { changeSettings, readSettings } from '../features/settings/index.ts'
import { achievementList, playerOverview, playerReport } from '../features/statistics/index.ts'
import { clientRead, clientWrite, type Operation, read, write, writeAsOfRequest } from './operation.ts'

/** Everything that the bot asks of the database, by name. */
export const operations = {
  play: write(startPlay),
  challenge: write(startChallenge),
  answer: writeAsOfRequest(answerRound),
  stop: write(stopGame),
  abandonGames: write(abandonGames),
  reportQuestion: write(reportQuestion),
  configureGuild: write(configureGuild),
  guildConfig: read(guildConfig),
  chooseWeeklyChannel: write(chooseWeeklyChannel),
  resetPlayer: write(resetPlayer),
  addQuestions: write(addQuestions),
  undoAdd: write(undoAdd),
  reportedQuestions: read(listReported),
  resolveReported: write(resolveReported),
  weeklyPostsDue: read(({ db }, { monday, shards }: { monday: string; shards: ShardRange }) => weeklyPostsDue(db, monday, shards)),
  weeklyPosted: write(({ db }, { guildId, monday }: { guildId: string; monday: string }) => weeklyPosted(db, guildId, monday)),
  questionPosted: write(questionPosted),
  resultShown: write(resultShown),
  endShown: write(endShown),
  postingFailed: write(postingFailed),
  advance: write(advance),
  takeOver: write(({ db, now }, shards: ShardRange) => ({ abandoned: endAbandonedSessions(db, storedTime(now)), released: releaseLeases(db, shards) })),
  anyDue: read(({ db, now }, shards: ShardRange) => anyDue(db, storedTime(now), shards)),
  runningGames: read(({ db }, shards: ShardRange) => runningGames(db, shards)),
  schemaState: read<undefined, SchemaState | null>(({ db }) => schemaState(db)),
  deployMark: read<undefined, DeployMark>(({ db }) => deployMark(db)),
  smokeQueries: read<undefined, ReturnType<typeof smokeQueries>>((context) => smokeQueries(context)),
  categories: read(({ db }, { guildId }: { guildId: string | null }) => categories(db, guildId)),
  leaderboard: read(leaderboardPage),
  standing: read(standingOf),
  overview: read(playerOverview),
  playerReport: read(playerReport),
  achievements: read(achievementList),
  settings: clientRead(readSettings),
  changeSettings: clientWrite(changeSettings),
  friends: read(friendLists),
  friendBoard: read(friendBoard),
  askFriend: write(askToBeFriends),
  acceptFriend: write(acceptRequest),
  declineFriend: write(declineRequest),
  removeFriend: write(removeFromFriends),
  groups: read(groupList),
  groupBoard: read(groupBoard),
  createGroup: write(foundGroup),
  joinGroup: write(joinGroup),
  leaveGroup: write(leaveGroup),
  exportPlayer: read(exportPlayer),
  deletePlayer: write(deletePlayer),
} satisfies Record<string, Operation>

export type Operations = typeof operations
export type OperationName = keyof Operations
export type RequestOf<Name extends OperationName> = Parameters<Operations[Name]['run']>[1]
export type ResultOf<Name extends OperationName> = Awaited<ReturnType<Operations[Name]['run']>>
