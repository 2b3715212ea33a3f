import type { ComponentHandler, ModalHandler } from '../discord/handler.ts'
import { answerButton, fillButton, fillModal } from './answer.ts'
import { stopButton, weeklyButton } from './game.ts'
import { reasonSelect, reportButton } from './report.ts'

/** Buttons and selects by the name in their custom_id. */
export const components: ReadonlyMap<string, ComponentHandler> = new Map<string, ComponentHandler>([
  ['answer', answerButton],
  ['fill', fillButton],
  ['stop', stopButton],
  ['weekly', weeklyButton],
  ['report', reportButton],
  ['reason', reasonSelect],
])

/** Forms by the name in their custom_id. */
export const modals: ReadonlyMap<string, ModalHandler> = new Map<string, ModalHandler>([
  ['fill', fillModal],
])
