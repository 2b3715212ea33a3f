export { chooseQuestion, type Random } from './choose.ts'
