export { smokeQueries } from './smoke.ts'
