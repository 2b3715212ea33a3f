import { MigratorError, refuse, reportOf } from '../errors.ts'
import type { Step } from '../pipeline/steps.ts'
import { validate as deployValidate } from '../steps/validate.ts'

/** What must hold in the data, before anything is moved: as for a deploy, but nothing is set aside here. */
export const archiveValidate: Step = {
  name: 'validate',
  run: async (context, state) => {
    try {
      return await deployValidate.run(context, state)
    } catch (error) {
      if (!(error instanceof MigratorError) || error.code !== 'BROKEN_ROWS') throw error
      throw refuse({
        ...reportOf(error),
        what: 'The database has rows that break what must hold in the data.',
        why: 'Rows are moved only where every row is sound: the proof that none is lost rests on it.',
        next: 'Mend them ("migrator validate" shows them), and archive again.',
      }, error)
    }
  },
}
