import { writeFileSync } from 'node:fs'
import { scratchFolder } from '@trivia/testkit'
import { expect, test } from 'vitest'
import { createMetrics } from '../../src/http/metrics.ts'

test('the database is measured when somebody asks, also when it cannot be asked', async () => {
  using folder = scratchFolder()
  const path = folder.file('trivia.db')
  let version: () => Promise<number | null> = async () => 10
  const metrics = createMetrics()
  metrics.measureDatabase(path, () => version())
  writeFileSync(path, 'x'.repeat(5000))
  const first = await metrics.text()
  for (const line of ['trivia_database_bytes 5000', 'trivia_database_wal_bytes 0', 'trivia_schema_version 10']) expect(first.split('\n')).toContain(line)
  writeFileSync(`${path}-wal`, 'x'.repeat(700))
  version = () => Promise.reject(new Error('busy'))
  const second = await metrics.text()
  for (const line of ['trivia_database_wal_bytes 700', 'trivia_schema_version Nan']) expect(second.split('\n')).toContain(line)
})
