import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { name: 'playground', include: ['test/*.test.ts'], testTimeout: 30_000, hookTimeout: 60_000 } },
      // One playground and one browser after the other: they share a clock, a bot and two cores.
      { test: { name: 'in a browser', include: ['test/e2e/*.test.ts'], globalSetup: ['test/e2e/global-setup.ts'], fileParallelism: false, testTimeout: 40_000, hookTimeout: 60_000 } },
    ],
  },
})
