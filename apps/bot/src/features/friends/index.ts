export { acceptRequest, type AcceptResult, askToBeFriends, type AskResult, declineRequest, MOST_FRIENDS, type Pair, type Person, removeFromFriends } from './ask.ts'
export { friendBoard, type FriendLists, friendLists } from './lists.ts'
