import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf } from '../errors.ts'
import type { Migration } from '../migrations/folder.ts'
import { preserveJsonSchema } from '../preservation/declaration.ts'
import { renderStructure } from '../structure/reference.ts'

/** A file of the Prisma folder that is made of the migrations or of the code. */
export interface DerivedFile {
  readonly name: string
  readonly path: string
  readonly content: string
  readonly isCurrent: boolean
}

/** All of them, as they have to be for these migrations. */
export function derivedFiles(prismaDir: string, migrations: readonly Migration[]): DerivedFile[] {
  const contents = {
    'structure.sql': renderStructure(migrations),
    'preserve.schema.json': `${JSON.stringify(preserveJsonSchema(), null, 2)}\n`,
  }
  return Object.entries(contents).map(([name, content]) => {
    const path = join(prismaDir, name)
    return { name, path, content, isCurrent: readUnlessMissing(path) === content }
  })
}

/** Writes those that are out of date; returns them. */
export function renewDerivedFiles(prismaDir: string, migrations: readonly Migration[]): DerivedFile[] {
  const stale = derivedFiles(prismaDir, migrations).filter((file) => !file.isCurrent)
  for (const { path, content } of stale) writeFileSync(path, content)
  return stale
}

function readUnlessMissing(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').replaceAll('\r\n', '\n')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}
