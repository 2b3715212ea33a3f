import type { Rule } from '../rule.ts'
import { attachInMigration } from './attach-in-migration.ts'
import { cascadingDrop } from './cascading-drop.ts'
import { changedAppliedFile } from './changed-applied-file.ts'
import { changingDefaultInAddColumn } from './changing-default-in-add-column.ts'
import { defaultCurrentTimestamp } from './default-current-timestamp.ts'
import { dropTableOrColumn } from './drop-table-or-column.ts'
import { failsOnEmptyDatabase } from './fails-on-empty-database.ts'
import { foreignKeyWithoutIndex } from './foreign-key-without-index.ts'
import { lossyTypeChange } from './lossy-type-change.ts'
import { lostStructure } from './lost-structure.ts'
import { namesOutOfOrder } from './names-out-of-order.ts'
import { notNullWithoutDefault } from './not-null-without-default.ts'
import { pragmaInMigration } from './pragma-in-migration.ts'
import { rebuildWhereAlterDoes } from './rebuild-where-alter-does.ts'
import { renameTableOrColumn } from './rename-table-or-column.ts'
import { transactionControl } from './transaction-control.ts'
import { undeclaredDataChange } from './undeclared-data-change.ts'
import { uniqueOverDuplicates } from './unique-over-duplicates.ts'
import { updateOrDeleteWithoutWhere } from './update-or-delete-without-where.ts'

/** All rules. Each has a page of its name in docs/lint. */
export const rules: readonly Rule[] = [
  attachInMigration,
  cascadingDrop,
  changedAppliedFile,
  changingDefaultInAddColumn,
  defaultCurrentTimestamp,
  dropTableOrColumn,
  failsOnEmptyDatabase,
  foreignKeyWithoutIndex,
  lossyTypeChange,
  lostStructure,
  namesOutOfOrder,
  notNullWithoutDefault,
  pragmaInMigration,
  rebuildWhereAlterDoes,
  renameTableOrColumn,
  transactionControl,
  undeclaredDataChange,
  uniqueOverDuplicates,
  updateOrDeleteWithoutWhere,
]
