import type { Prisma, PrismaClient } from '../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import { runNotFound } from './requireRuns.js'
import { type RunFilter, readScope } from './runFilter.js'

/** Runs that somebody means: by their ids, or all that match what was looked at. */
export type RunSelection =
  | { readonly ids: readonly string[] }
  | {
      readonly matching: {
        readonly filter: RunFilter
        /** How many the client saw. */
        readonly count: number
        /** Newest event that it knew of: runs that were created since are not meant. */
        readonly lastSeq: number
      }
    }

export interface SelectedRun {
  readonly id: string
  readonly number: number
}

/** Runs that one request may change. */
export const MAXIMUM_SELECTED = 20_000
/** Share of the runs that were seen by which those that match now may differ: below twenty none may. */
const TOLERANCE = 0.05

/**
 * Finds the runs of a selection. Throws RUN_NOT_FOUND where one that is named is missing, SELECTION_CHANGED where clearly more or fewer match than were
 * seen, BAD_USER_INPUT where there are too many.
 */
export async function selectRuns(read: PrismaClient, selection: RunSelection): Promise<readonly SelectedRun[]> {
  if ('ids' in selection) return selectById(read, selection.ids)
  const { filter, count, lastSeq } = selection.matching
  const { condition } = await readScope(read, filter)
  const rows = await rowsWhere(read, condition, lastSeq)
  const tolerated = Math.floor(count * TOLERANCE)
  if (Math.abs(rows.length - count) > tolerated) {
    throw new HourglassError(
      errorCodes.selectionChanged,
      `count: expected the ${rows.length} runs that match now${tolerated > 0 ? `, or at most ${tolerated} more or fewer` : ''}, got ${count}. Nothing was changed; look at them again.`,
      { count: rows.length },
    )
  }
  requireFew(rows.length)
  return rows
}

async function selectById(read: PrismaClient, ids: readonly string[]): Promise<readonly SelectedRun[]> {
  const distinct = [...new Set(ids)]
  requireFew(distinct.length)
  const rows = await read.$queryRaw<{ id: string; number: bigint }[]>`
    SELECT id, number FROM Run WHERE id IN (SELECT value FROM json_each(${JSON.stringify(distinct)})) ORDER BY number`
  const known = new Set(rows.map(({ id }) => id))
  const unknown = distinct.filter((id) => !known.has(id))
  if (unknown.length > 0) throw runNotFound(unknown)
  return rows.map(toRun)
}

async function rowsWhere(read: PrismaClient, condition: Prisma.Sql, lastSeq: number): Promise<readonly SelectedRun[]> {
  const rows = await read.$queryRaw<{ id: string; number: bigint }[]>`
    SELECT run.id AS id, run.number AS number FROM Run AS run WHERE ${condition} AND run.firstSeq <= ${lastSeq} ORDER BY run.number LIMIT ${MAXIMUM_SELECTED + 1}`
  return rows.map(toRun)
}

const toRun = ({ id, number }: { readonly id: string; readonly number: bigint }) => ({ id, number: Number(number) })

function requireFew(count: number): void {
  if (count <= MAXIMUM_SELECTED) return
  throw new HourglassError(errorCodes.badUserInput, `runs: expected at most ${MAXIMUM_SELECTED} runs, got more. Narrow the filter.`)
}
