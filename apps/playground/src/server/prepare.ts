import { starterPack } from '@trivia/questions'
import { join } from 'node:path'
import { startChild } from './child.ts'
import { textOf } from './lines.ts'
import { programs, repository } from './locations.ts'
import { terminal } from './terminal.ts'

/** Brings the database to the newest version, in sight. */
export async function deployInSight(database: string, prismaDir: string): Promise<void> {
  const child = startChild(programs.migrator, { args: ['deploy', '--database', database, '--prisma-dir', prismaDir], visible: true })
  const { code } = await endOf(child)
  if (code !== 0) throw new Error(`The migrator could not bring ${database} to the newest version (exit code ${code ?? '?'}); it is as it was.`)
}

/** Loads the starter pack; what the database has already is left out, which takes a moment only. */
export async function loadStarterPack(database: string): Promise<void> {
  const files = starterPack().map(({ name }) => join(repository, 'packages/questions', name))
  const child = startChild(programs.questions, { args: ['import', ...files, '--database', database, '--json'] })
  const [output, errors, { code }] = await Promise.all([textOf(child.stdout), textOf(child.stderr), endOf(child)])
  if (code !== 0) throw new Error(`The starter pack could not be loaded:\n${errors}`)
  const { imported, duplicates } = JSON.parse(output) as { imported: number; duplicates: number }
  if (imported > 0) terminal.say(`✔ starter pack: ${imported} questions loaded${duplicates > 0 ? `, ${duplicates} were there` : ''}`)
}

const running = new Set<ReturnType<typeof startChild>>()

/** Ends what is being prepared. */
export async function stopPreparing(): Promise<void> {
  await Promise.all([...running].map((child) => child.stop()))
}

async function endOf(child: ReturnType<typeof startChild>): ReturnType<typeof child.stop> {
  running.add(child)
  try {
    return await child.ended
  } finally {
    running.delete(child)
  }
}
