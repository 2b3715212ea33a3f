import type { PrismaClient } from '@trivia/database'
import { canonicalZone } from '../calendar/index.ts'

export type Theme = 'default' | 'dark' | 'light'

/** What a player has chosen, or the defaults. */
export interface PlayerSettings {
  readonly zone: string
  readonly theme: Theme
  readonly notifications: boolean
  /** Null for any. */
  readonly difficulty: 'easy' | 'medium' | 'hard' | null
}

/** What is to change; what is left out stays. */
export type SettingsChange = Partial<PlayerSettings>

interface Context {
  readonly prisma: PrismaClient
}

export async function readSettings({ prisma }: Context, { userId }: { userId: string }): Promise<PlayerSettings> {
  const user = await prisma.user.findUnique({
    where: { userId: BigInt(userId) },
    select: { timezone: true, preferredDifficulty: true, preferences: { select: { theme: true, notificationsEnabled: true } } },
  })
  return {
    zone: user?.timezone ?? 'UTC',
    theme: themeOf(user?.preferences?.theme),
    notifications: user?.preferences?.notificationsEnabled ?? true,
    difficulty: difficultyOf(user?.preferredDifficulty),
  }
}

/**
 * Changes settings, and makes the player's row where there is none yet.
 *
 * @returns all settings as they are now; null, with nothing changed, where the zone is unknown
 */
export async function changeSettings({ prisma }: Context, { userId, name, change }: { userId: string; name: string; change: SettingsChange }): Promise<PlayerSettings | null> {
  const zone = change.zone === undefined ? undefined : canonicalZone(change.zone)
  if (zone === null) return null
  const id = BigInt(userId)
  const user = { name, ...(zone === undefined ? {} : { timezone: zone }), ...(change.difficulty === undefined ? {} : { preferredDifficulty: change.difficulty }) }
  const preferences = {
    ...(change.theme === undefined ? {} : { theme: change.theme }),
    ...(change.notifications === undefined ? {} : { notificationsEnabled: change.notifications }),
  }
  await prisma.$transaction([
    prisma.user.upsert({ where: { userId: id }, create: { userId: id, ...user }, update: user }),
    ...(Object.keys(preferences).length === 0 ? [] : [prisma.userPreferences.upsert({ where: { userId: id }, create: { userId: id, ...preferences }, update: preferences })]),
  ])
  return readSettings({ prisma }, { userId })
}

function themeOf(stored: string | null | undefined): Theme {
  return stored === 'dark' || stored === 'light' ? stored : 'default'
}

function difficultyOf(stored: string | null | undefined): PlayerSettings['difficulty'] {
  return stored === 'easy' || stored === 'medium' || stored === 'hard' ? stored : null
}
