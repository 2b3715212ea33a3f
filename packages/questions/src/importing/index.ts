export { questionKey } from '../normalising/duplicates.ts'
export { normalise } from '../normalising/normalise.ts'
export { type Draft, pointsOf, type Question, type Rejection } from '../question.ts'
export { collectQuestions } from './import.ts'
