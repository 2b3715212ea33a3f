import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { name: 'migrator', include: ['test/*.test.ts'], testTimeout: 120_000, hookTimeout: 120_000 } },
      // Kills, failing disks, power losses, others at work: the short version. The long one is test:chaos.
      { test: { name: 'chaos', include: ['test/chaos/*.test.ts'], globalSetup: ['test/chaos/global-setup.ts'], testTimeout: 300_000, hookTimeout: 120_000 } },
    ],
  },
})
