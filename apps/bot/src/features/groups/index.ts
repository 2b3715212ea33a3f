export { type GroupBoard, groupBoard, groupList } from './lists.ts'
export { type CreateResult, foundGroup, joinGroup, type JoinResult, leaveGroup, type LeaveResult, MOST_GROUPS, MOST_MEMBERS } from './membership.ts'
export { LONGEST_NAME } from './name.ts'
