import { cpSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { addMigration, copyPrismaDir, createLegacyDatabase } from '@trivia/testkit'
import { runPrisma } from '../src/prisma/cli.ts'

/** A database at version 1 with all in it that a deploy is measured on, and the folder with the migration to come. */
export interface Ground {
  readonly database: string
  readonly bytes: number
  /** The same folder without the migration, for a deploy with nothing to do. */
  readonly prismaDirOfNow: string
  readonly prismaDir: string
}

/** 1 is what the older system grows to in years: 300,000 players with 2.3 million sessions, 450 MB and more. */
const ROWS = { players: 300_000, sessions: 2_300_000, achievements: 300_000, rankings: 300_000, questions: 5_000 }

const VERSION_1 = '20250101000000_version_1'

/** Rebuilds the largest table, as Prisma writes it after a change of a column. */
const REBUILD = `PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_game_sessions" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "channel_id" INTEGER NOT NULL,
    "user_id" INTEGER NOT NULL,
    "question_id" INTEGER,
    "difficulty" TEXT DEFAULT 'medium',
    "start_time" TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    "end_time" TIMESTAMP,
    "is_completed" BOOLEAN DEFAULT FALSE,
    "is_challenge" BOOLEAN DEFAULT FALSE,
    FOREIGN KEY ("user_id") REFERENCES "users" ("user_id") ON DELETE CASCADE,
    FOREIGN KEY ("question_id") REFERENCES "questions" ("id") ON DELETE SET NULL
);
INSERT INTO "new_game_sessions" ("id", "channel_id", "user_id", "question_id", "difficulty", "start_time", "end_time", "is_completed", "is_challenge")
SELECT "id", "channel_id", "user_id", "question_id", "difficulty", "start_time", "end_time", "is_completed", "is_challenge" FROM "game_sessions";
DROP TABLE "game_sessions";
ALTER TABLE "new_game_sessions" RENAME TO "game_sessions";
CREATE INDEX "idx_game_sessions_channel_id" ON "game_sessions" ("channel_id");
CREATE INDEX "idx_game_sessions_active" ON "game_sessions" ("is_completed", "start_time");
CREATE INDEX "idx_game_sessions_user_time" ON "game_sessions" ("user_id", "start_time" DESC);
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
`

/** Makes the database in a folder; Prisma is told that it has the first migration. */
export async function makeGround(folder: string, scale: number): Promise<Ground> {
  mkdirSync(folder, { recursive: true })
  const prismaDirOfNow = copyPrismaDir(join(folder, 'prisma-of-now'))
  for (const name of readdirSync(join(prismaDirOfNow, 'migrations')).filter((each) => /^\d/.test(each) && each !== VERSION_1)) {
    rmSync(join(prismaDirOfNow, 'migrations', name), { recursive: true })
  }
  // It tells of all versions; this is the first.
  rmSync(join(prismaDirOfNow, 'structure.sql'))
  const prismaDir = join(folder, 'prisma')
  cpSync(prismaDirOfNow, prismaDir, { recursive: true })
  addMigration(prismaDir, '20300101000000_rebuild_game_sessions', REBUILD)
  const database = join(folder, 'ground.db')
  createLegacyDatabase(database, Object.fromEntries(Object.entries(ROWS).map(([name, rows]) => [name, Math.round(rows * scale)])))
  const { exitCode, output } = await runPrisma({ database, prismaDir: prismaDirOfNow }, ['migrate', 'resolve', '--applied', VERSION_1])
  if (exitCode !== 0) throw new Error(output)
  return { database, bytes: statSync(database).size, prismaDirOfNow, prismaDir }
}
