import { defineConfig } from 'vitest/config'

/** The long version of test/chaos: every call of a publish, 70 kills, 450 MB. It takes the better part of an hour. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    include: ['test/chaos/*.test.ts'],
    globalSetup: ['test/chaos/global-setup.ts'],
    env: { CHAOS: 'full' },
    testTimeout: 3_600_000,
    hookTimeout: 300_000,
    reporters: ['verbose'],
  },
})
