import {
  AddToReportDocument,
  ChangeReportDocument,
  CreateReportDocument,
  DeleteReportsDocument,
  PurgeReportsDocument,
  ReportsDocument,
  RestoreReportsDocument,
} from '../../data/generated/graphql'
import { defineAction } from '../../data/useAction'

const refetch = [ReportsDocument]

/** Begins a report. Why its name is refused stands beside the field. */
export const createReport = defineAction({ document: CreateReportDocument, refetch })

/** Begins a report that has a name already. */
export const beginReport = defineAction({ document: CreateReportDocument, refetch, failure: 'No report was begun' })

/** Puts a figure behind all that a report has. Why that is refused stands in the dialog. */
export const addToReport = defineAction({ document: AddToReportDocument, refetch })

/** Changes one thing in a report. Why that is refused stands beside what was changed. */
export const changeReport = defineAction({ document: ChangeReportDocument })

/** Moves or takes out a block of a report, which no field stands beside. */
export const arrangeReport = defineAction({ document: ChangeReportDocument, failure: 'The report was not changed' })

/** Moves reports to the trash. */
export const deleteReports = defineAction({ document: DeleteReportsDocument, refetch, failure: 'The report was not deleted' })

/** Takes reports out of the trash. */
export const restoreReports = defineAction({ document: RestoreReportsDocument, refetch, failure: 'The report was not restored' })

/** Deletes reports for good. */
export const purgeReports = defineAction({ document: PurgeReportsDocument, refetch, failure: 'Nothing was deleted' })
