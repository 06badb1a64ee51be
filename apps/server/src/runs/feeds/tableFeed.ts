import type { PrismaClient } from '../../generated/prisma/client.js'
import { newestSeq } from '../newestSeq.js'
import type { RunSignals } from '../RunSignals.js'
import type { FeedSource } from './FeedSource.js'

export const tableChanges = ['CREATED', 'UPDATED', 'DELETED'] as const
export type TableChange = (typeof tableChanges)[number]

/** A row that changed, as it is now. */
export interface ChangedRow<Row> {
  /** Sequence number of the newest event that this change tells of. */
  readonly seq: number
  readonly change: TableChange
  readonly id: string
  /** Null where it was deleted. */
  readonly row: Row | null
  /** The number of a run that lies in the trash. */
  readonly trashed?: number
}

/** A stretch of the lab's history: behind `after`, up to and with `upTo`. */
export interface SeqRange {
  readonly after: number
  readonly upTo: number
  /** Where the reader was before the first page of several. */
  readonly since: number
}

export interface ChangePage<Row> {
  /** In the order of their newest change. */
  readonly changes: readonly ChangedRow<Row>[]
  /** How far these changes go; what lies behind comes with the next page. */
  readonly upTo: number
}

/** What is followed: a table whose rows have events. */
export interface FollowedTable<Row> {
  readonly read: PrismaClient
  readonly signals: RunSignals
  /** Calls `wake` at every change of the table beside those of runs; returns how to stop. */
  readonly listen: (wake: () => void) => () => void
  readonly readChanges: (range: SeqRange) => Promise<ChangePage<Row>>
  /** Reads the rows that show how far the given runs are within their epochs. */
  readonly readProgressed: (runIds: readonly string[]) => Promise<readonly (Row & { readonly id: string })[]>
}

/** Several changes in short time come as one; progress, which every training run has a few times a second, no more often either. */
const INTERVAL_MILLISECONDS = 250

/** The rows of a table that changed, in the order of their newest change and as they are now, and again whenever they change. */
export function tableFeed<Row>(table: FollowedTable<Row>): FeedSource<ChangedRow<Row>> {
  const { read, signals } = table
  return {
    listen: (listener) => {
      const stopListening = [
        table.listen(() => listener.stored()),
        signals.onTable((id, signal) => {
          if (signal === 'progressed') listener.live(id)
          else listener.stored()
        }),
      ]
      return () => {
        for (const stop of stopListening) stop()
      }
    },
    newest: () => newestSeq(read),
    read: async ({ since, after, upTo }) => {
      // A bound for all statements: what is committed between them comes with the next page.
      const newest = upTo ?? (await newestSeq(read))
      if (newest <= after) return { after, items: [], upTo: after, isLast: true }
      const page = await table.readChanges({ since, after, upTo: newest })
      return { after, items: page.changes, upTo: page.upTo, isLast: page.upTo >= newest }
    },
    readLive: async (ids, seq) => {
      const rows = await table.readProgressed(ids)
      return new Map(rows.map((row) => [row.id, { seq, change: 'UPDATED', id: row.id, row }]))
    },
    nameOf: ({ id }) => id,
    liveStands: false,
    storedInterval: INTERVAL_MILLISECONDS,
    liveInterval: INTERVAL_MILLISECONDS,
  }
}
