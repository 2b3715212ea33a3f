import { type Background, startBackground } from './background.ts'

/** What the script is told. */
export interface TransactionTask {
  readonly path: string
  readonly kind: TransactionKind
}

/** A read that was never ended, a write that was begun, or an exclusive lock. */
export type TransactionKind = 'read' | 'immediate' | 'exclusive'

/** What an open transaction sees, at its beginning and now. */
export interface TransactionReport {
  readonly players: number
  readonly playersNow: number
}

/** Another process that holds a transaction open until it is stopped. */
export function startOpenTransaction(path: string, kind: TransactionKind = 'read'): Promise<Background<TransactionReport>> {
  const task: TransactionTask = { path, kind }
  return startBackground('open-transaction.script.ts', task)
}
