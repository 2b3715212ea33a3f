import { parentPort } from 'node:worker_threads'
import type { Picture } from './gallery.ts'
import { drawActivity, drawBreakdown } from './index.ts'

// The thread in which pictures are drawn, one after the other.
let turn = Promise.resolve()
parentPort?.on('message', ({ id, ...wanted }: Picture & { id: number }) => {
  turn = turn.then(async () => {
    const drawn = await (wanted.kind === 'activity' ? drawActivity(wanted.picture) : drawBreakdown(wanted.picture)).catch(() => null)
    parentPort?.postMessage({ id, drawn })
  })
})
