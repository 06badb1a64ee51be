import { findReport, readReports } from '../../reports/reports.js'
import { builder } from './builder.js'
import { ReportType, reportsComplexity } from './Report.js'

builder.subscriptionFields((t) => ({
  reportsChanged: t.field({
    type: [ReportType],
    description: 'All reports, what was changed last first: at once, and whenever one of them is otherwise.',
    complexity: reportsComplexity,
    subscribe: (_, __, { lab }) => lab.feeds.followReports(),
    resolve: (_, __, { lab }) => readReports(lab.database),
  }),
  reportChanged: t.field({
    type: ReportType,
    nullable: true,
    description: 'A report: at once, and whenever somebody changes it; null while there is none, or it is in the trash.',
    args: { id: t.arg.id({ required: true }) },
    subscribe: (_, { id }, { lab }) => lab.feeds.followReport(id),
    resolve: (_, { id }, { lab }) => findReport(lab.database, id),
  }),
}))
