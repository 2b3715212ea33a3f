import { defineConfig } from 'vitest/config'

const parts = ['test/gate.test.ts', 'test/markdown.test.ts', 'test/picker.test.ts', 'test/bot-process.test.ts']
// A whole playground has a clock, a bot and two cores for itself: one after the other.
const whole = { fileParallelism: false, testTimeout: 60_000, hookTimeout: 90_000 }
// A loaded machine may be late once; what is broken fails twice.
const retry = process.env.CI === undefined ? 0 : 1

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { name: 'parts', include: parts, testTimeout: 30_000 } },
      { test: { name: 'whole', include: ['test/*.test.ts'], exclude: parts, ...whole } },
      { test: { name: 'in a browser', include: ['test/e2e/*.test.ts'], globalSetup: ['test/e2e/global-setup.ts'], ...whole, retry } },
    ],
  },
})
