import { createPrismaClient } from '@trivia/database'
import { expect, test } from 'vitest'
import { changeSettings, readSettings } from '../../src/features/settings/index.ts'
import { addPlayer, createWorld, id } from './world.ts'

test('settings are read, changed one by one, and kept as other queries read them', async () => {
  using world = createWorld()
  const prisma = createPrismaClient({ path: world.path })
  try {
    const userId = id(1)
    expect(await readSettings({ prisma }, { userId })).toEqual({ zone: 'UTC', theme: 'default', notifications: true, difficulty: null })
    expect(await changeSettings({ prisma }, { userId, name: 'Ada', change: { zone: 'asia/calcutta' } })).toEqual({ zone: 'Asia/Kolkata', theme: 'default', notifications: true, difficulty: null })
    expect(await changeSettings({ prisma }, { userId, name: 'Ada', change: { theme: 'dark', difficulty: 'hard' } })).toEqual({ zone: 'Asia/Kolkata', theme: 'dark', notifications: true, difficulty: 'hard' })
    expect(await changeSettings({ prisma }, { userId, name: 'Ada', change: { notifications: false, difficulty: null } })).toEqual({ zone: 'Asia/Kolkata', theme: 'dark', notifications: false, difficulty: null })
    expect(await changeSettings({ prisma }, { userId, name: 'Ada', change: { zone: 'Atlantis/Capital', theme: 'light' } })).toBeNull()
    expect(world.db.get('SELECT name, timezone, preferred_difficulty AS difficulty, created_at LIKE \'%+00:00\' AS stamped FROM users')).toEqual({ name: 'Ada', timezone: 'Asia/Kolkata', difficulty: null, stamped: 1 })
    expect(world.db.get('SELECT theme, notifications_enabled AS notifications FROM user_preferences')).toEqual({ theme: 'dark', notifications: 0 })
  } finally {
    await prisma.$disconnect()
  }
})

test('what an older database holds is shown as the nearest thing', async () => {
  using world = createWorld()
  const prisma = createPrismaClient({ path: world.path })
  try {
    const userId = addPlayer(world.db, 1)
    world.db.run(`UPDATE users SET timezone = NULL, preferred_difficulty = 'impossible' WHERE user_id = ?`, userId)
    world.db.run(`INSERT INTO user_preferences (user_id, theme, notifications_enabled) VALUES (?, 'neon', NULL)`, userId)
    expect(await readSettings({ prisma }, { userId })).toEqual({ zone: 'UTC', theme: 'default', notifications: true, difficulty: null })
  } finally {
    await prisma.$disconnect()
  }
})
