import { foldText } from '@hourglass/query'
import { createId } from '../createId.js'
import type { Database, Transaction } from '../database/Database.js'
import type { Report } from '../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import { checkName } from '../runs/runNames.js'
import { dropRemoved, shownBlocks } from './changeBlocks.js'
import { type ReportBlock, readBlocks, writeBlocks } from './reportFormat.js'

export const MAXIMUM_REPORTS = 1_000
export const MAXIMUM_REPORT_NAME = 200
/** How long figures that no block shows any more are kept, in milliseconds: somebody may take the change back. */
const DAY = 86_400_000

type Written = Pick<Database, 'write'>

/** What is said of a report without its blocks, which may be long. */
export type ReportRow = Omit<Report, 'blocks'>

export interface ReportsAsked {
  /** Those in the trash instead of the others. */
  readonly inTrash?: boolean
  /** Part of their names, in any case and script. */
  readonly search?: string
}

/** Lists reports, what was changed last first; of those in the trash, what was deleted last. */
export async function readReports(
  { read }: Pick<Database, 'read'>,
  { inTrash = false, search = '' }: ReportsAsked = {},
): Promise<ReportRow[]> {
  const rows = await read.report.findMany({
    where: { deletedAt: inTrash ? { not: null } : null },
    orderBy: [inTrash ? { deletedAt: 'desc' } : { updatedAt: 'desc' }, { number: 'desc' }],
    omit: { blocks: true },
  })
  const sought = foldText(search.trim())
  return rows.filter(({ name }) => foldText(name).includes(sought))
}

/** Reads a report that is not in the trash, with its blocks; null where there is none. */
export function findReport({ read }: Pick<Database, 'read'>, id: string): Promise<Report | null> {
  return read.report.findFirst({ where: { id, deletedAt: null } })
}

/** Reads a report that is not in the trash, with its blocks. Throws REPORT_NOT_FOUND. */
export async function requireReport(database: Pick<Database, 'read'>, id: string): Promise<Report> {
  const report = await findReport(database, id)
  if (report) return report
  throw notFound([id])
}

/** Begins a report. Throws BAD_USER_INPUT for its name, or where there are too many. */
export function createReport(database: Written, given: string): Promise<Report> {
  const name = checkName(given, 'name', MAXIMUM_REPORT_NAME)
  return database.write(async (transaction) => {
    if ((await transaction.report.count()) >= MAXIMUM_REPORTS) {
      throw new HourglassError(
        errorCodes.badUserInput,
        `reports: expected at most ${MAXIMUM_REPORTS} with those in the trash, got one more. Delete some that nobody reads.`,
      )
    }
    return transaction.report.create({ data: { id: createId(), name, blocks: writeBlocks([]) } })
  })
}

/** What becomes of a report within one transaction. */
export interface ReportEdit {
  readonly name?: string
  readonly blocks?: readonly ReportBlock[]
}

export interface EditOptions {
  readonly id: string
  /** What was taken out of a report can be put back for so many days. */
  readonly days: number
  readonly edit: (blocks: readonly ReportBlock[], transaction: Transaction, report: Report) => Promise<ReportEdit> | ReportEdit
}

/** Changes a report as it is in the store now. Throws REPORT_NOT_FOUND or REPORT_UNREADABLE, and what `edit` throws. */
export function editReport(database: Written, { id, days, edit }: EditOptions): Promise<Report> {
  return database.write(async (transaction) => {
    const report = await transaction.report.findFirst({ where: { id, deletedAt: null } })
    if (!report) throw notFound([id])
    const before = requireBlocks(report)
    const { name = report.name, blocks = before } = await edit(before, transaction, report)
    if (name === report.name && blocks === before) return report
    const now = new Date()
    const kept = dropRemoved(blocks, new Date(now.getTime() - days * DAY))
    const shown = kept.flatMap((block) => (block.kind === 'figure' ? [block.kept] : []))
    await transaction.keptFigure.deleteMany({
      where: { reportNumber: report.number, hash: { notIn: shown }, createdAt: { lt: new Date(now.getTime() - DAY) } },
    })
    const figureCount = shownBlocks(kept).filter(({ kind }) => kind === 'figure').length
    const data = { name, blocks: writeBlocks(kept), figureCount, revision: { increment: 1 }, updatedAt: now }
    return transaction.report.update({ where: { id }, data })
  })
}

/** Reads the blocks of a report, those that were taken out too. Throws REPORT_UNREADABLE where a newer version wrote them. */
export function requireBlocks({ blocks }: Pick<Report, 'blocks'>): readonly ReportBlock[] {
  const read = readBlocks(blocks)
  if ('value' in read) return read.value
  throw new HourglassError(errorCodes.reportUnreadable, read.problem)
}

/** Moves reports to the trash; those that are there stay. Throws REPORT_NOT_FOUND, and moves nothing, where one is missing. */
export function trashReports(database: Written, ids: readonly string[]): Promise<Report[]> {
  return database.write(async (transaction) => {
    await requireAll(transaction, ids)
    await transaction.report.updateMany({ where: { id: { in: [...ids] }, deletedAt: null }, data: { deletedAt: new Date() } })
    return transaction.report.findMany({ where: { id: { in: [...ids] } } })
  })
}

/** Takes reports out of the trash. Throws REPORT_NOT_FOUND, and takes out nothing, where one is missing. */
export function restoreReports(database: Written, ids: readonly string[]): Promise<Report[]> {
  return database.write(async (transaction) => {
    await requireAll(transaction, ids)
    await transaction.report.updateMany({ where: { id: { in: [...ids] } }, data: { deletedAt: null } })
    return transaction.report.findMany({ where: { id: { in: [...ids] } } })
  })
}

/** Deletes reports for good with all that is kept of their figures; returns the ids of those that there were. */
export function purgeReports(database: Written, ids: readonly string[]): Promise<string[]> {
  return database.write(async (transaction) => {
    const found = await transaction.report.findMany({ where: { id: { in: [...ids] } }, select: { id: true, number: true } })
    const numbers = found.map(({ number }) => number)
    await transaction.keptFigure.deleteMany({ where: { reportNumber: { in: numbers } } })
    await transaction.report.deleteMany({ where: { number: { in: numbers } } })
    return found.map(({ id }) => id)
  })
}

/** Refuses more ids than a lab has reports, before a transaction keeps others from writing. */
export function requireFewReports(ids: readonly string[]): void {
  if (ids.length <= MAXIMUM_REPORTS) return
  throw new HourglassError(errorCodes.badUserInput, `ids: expected at most ${MAXIMUM_REPORTS}, got ${ids.length}.`)
}

async function requireAll(transaction: Transaction, ids: readonly string[]): Promise<void> {
  const found = await transaction.report.findMany({ where: { id: { in: [...ids] } }, select: { id: true } })
  const known = new Set(found.map(({ id }) => id))
  const missing = ids.filter((id) => !known.has(id))
  if (missing.length > 0) throw notFound(missing)
}

function notFound(ids: readonly string[]): HourglassError {
  const [first = ''] = ids
  const got = JSON.stringify(first.slice(0, 80))
  return new HourglassError(errorCodes.reportNotFound, `id: expected a report, got ${got}. It may have been deleted.`, { id: first })
}
