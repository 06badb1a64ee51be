import type { PrismaClient } from '../generated/prisma/client.js'
import { abortable } from './abortable.js'
import { Latch } from './Latch.js'
import { newestSeq } from './newestSeq.js'
import type { RunSignals } from './RunSignals.js'

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
}

export interface FollowOptions {
  readonly read: PrismaClient
  readonly signals: RunSignals
  /** Sequence number of the last change that the reader has; undefined for one who wants only what comes. */
  readonly after: number | undefined
}

/** A stretch of the lab's history: behind `after`, up to and with `upTo`. */
export interface SeqRange {
  readonly after: number
  readonly upTo: number
}

export interface ChangePage<Row> {
  /** In the order of their newest change. */
  readonly changes: readonly ChangedRow<Row>[]
  /** How far these changes go; what lies behind comes with the next page. */
  readonly upTo: number
}

/** What is followed: a table whose rows have events. */
export interface FollowedTable<Row> {
  /** Calls `wake` at every change of the table beside those of runs; returns how to stop. */
  readonly listen: (wake: () => void) => () => void
  readonly readChanges: (range: SeqRange) => Promise<ChangePage<Row>>
  /** Reads the rows that show how far the given runs are within their epochs. */
  readonly readProgressed: (runIds: readonly string[]) => Promise<readonly (Row & { readonly id: string })[]>
}

/** Progress comes a few times a second from every training run; a table needs it no more often than this. */
const INTERVAL_MILLISECONDS = 250

/**
 * Follows a table from a place in the lab's history on: every row that changed after it comes once, in the order of its newest change and as it is now, and
 * again whenever it changes. Several changes in short time come as one.
 */
export function followChanges<Row>(options: FollowOptions, table: FollowedTable<Row>): AsyncGenerator<ChangedRow<Row>, void> {
  return abortable((aborted) => follow(options, table, aborted))
}

async function* follow<Row>(
  { read, signals, after }: FollowOptions,
  table: FollowedTable<Row>,
  aborted: AbortSignal,
): AsyncGenerator<ChangedRow<Row>, void> {
  const changed = new Latch()
  const progressed = new Set<string>()
  const stopListening = [
    table.listen(() => changed.set()),
    signals.onTable((id, signal) => {
      if (signal === 'progressed') progressed.add(id)
      changed.set()
    }),
  ]
  try {
    let cursor = after ?? (await newestSeq(read))
    if (after !== undefined) changed.set()
    while (!aborted.aborted) {
      await changed.wait(aborted)
      changed.clear()
      const told = new Set<string>()
      // A bound for all statements: what is committed between them comes in the next round.
      const newest = await newestSeq(read)
      while (cursor < newest && !aborted.aborted) {
        const page = await table.readChanges({ after: cursor, upTo: newest })
        for (const change of page.changes) {
          told.add(change.id)
          yield change
        }
        cursor = page.upTo
      }
      const live = [...progressed]
      progressed.clear()
      for (const row of live.length === 0 ? [] : await table.readProgressed(live)) {
        if (!told.has(row.id)) yield { seq: cursor, change: 'UPDATED', id: row.id, row }
      }
      await new Latch().wait(aborted, INTERVAL_MILLISECONDS)
    }
  } finally {
    for (const stop of stopListening) stop()
  }
}
