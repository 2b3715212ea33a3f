export { deletePlayer } from './delete.ts'
export { exportPlayer } from './export.ts'
