import type { TestProject } from 'vitest/node'
import { chromiumPath } from '../stage/chromium.ts'
import { startPlayground } from '../stage/playground.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    playground: { readonly address: string; readonly database: string } | null
  }
}

const PORT = 4900

/** One playground for all tests in the browser. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (chromiumPath === undefined) {
    console.warn('There is no Chromium (CHROMIUM_PATH, /usr/bin/chromium): the tests in a browser are skipped.')
    project.provide('playground', null)
    return undefined
  }
  const playground = await startPlayground(PORT)
  project.provide('playground', { address: playground.address, database: playground.database })
  return async () => {
    await playground.end()
  }
}
