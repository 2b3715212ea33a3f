import { addButton, addModal, addSelect, undoButton } from '../commands/admin/add.ts'
import { resolveButton } from '../commands/admin/reports.ts'
import { cancelButton, resetButton } from '../commands/admin/reset.ts'
import type { ComponentHandler, ModalHandler } from '../discord/handler.ts'
import { answerButton, fillButton, fillModal } from './answer.ts'
import { friendsButton } from './friends.ts'
import { challengeButton, stopButton, weeklyButton } from './game.ts'
import { boardButton } from './leaderboard.ts'
import { privacyButton } from './privacy.ts'
import { reasonSelect, reportButton } from './report.ts'

/** Buttons and selects by the name in their custom_id. */
export const components: ReadonlyMap<string, ComponentHandler> = new Map<string, ComponentHandler>([
  ['answer', answerButton],
  ['fill', fillButton],
  ['stop', stopButton],
  ['weekly', weeklyButton],
  ['report', reportButton],
  ['reason', reasonSelect],
  ['reset', resetButton],
  ['cancel', cancelButton],
  ['addpick', addSelect],
  ['addopen', addButton],
  ['addundo', undoButton],
  ['resolve', resolveButton],
  ['challenge', challengeButton],
  ['board', boardButton],
  ['friends', friendsButton],
  ['privacy', privacyButton],
])

/** Forms by the name in their custom_id. */
export const modals: ReadonlyMap<string, ModalHandler> = new Map<string, ModalHandler>([
  ['fill', fillModal],
  ['addsave', addModal],
])
