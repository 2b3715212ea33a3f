import { explain } from './explain.ts'
import { LiveFile } from './live-file.ts'

/** Opens the live database; what is wrong with it is said in an operator's words. */
export function openLive(database: string): LiveFile {
  try {
    return LiveFile.open(database)
  } catch (error) {
    throw explain(error, database)
  }
}
