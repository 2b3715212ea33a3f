export { openStore, type Store, StoreError, type StoreOptions } from './store.ts'
export type { OperationName, RequestOf, ResultOf } from './operations.ts'
export type { LockWait } from './protocol.ts'
