import type { PrismaClient, Run } from '../generated/prisma/client.js'
import { abortable } from './abortable.js'
import { Latch } from './Latch.js'
import { newestSeq } from './newestSeq.js'
import type { RunSignals } from './RunSignals.js'

export const tableChanges = ['CREATED', 'UPDATED', 'DELETED'] as const
export type TableChange = (typeof tableChanges)[number]

export interface ChangedRun {
  /** Sequence number of the newest event that this change tells of. */
  readonly seq: number
  readonly change: TableChange
  readonly id: string
  /** The run as it is now; null where it was deleted. */
  readonly run: Run | null
}

export interface FollowRunsOptions {
  readonly read: PrismaClient
  readonly signals: RunSignals
  /** Sequence number of the last change that the reader has; undefined for one who wants only what comes. */
  readonly after: number | undefined
}

const INTERVAL_MILLISECONDS = 250
const PAGE = 100

/**
 * Follows all runs from a place in the lab's history on: every run that changed after it comes once, in the order of its newest change and as it is now,
 * and again whenever it changes. Several changes in short time come as one.
 */
export function followRuns(options: FollowRunsOptions): AsyncGenerator<ChangedRun, void> {
  return abortable((aborted) => follow(options, aborted))
}

async function* follow({ read, signals, after }: FollowRunsOptions, aborted: AbortSignal): AsyncGenerator<ChangedRun, void> {
  const changed = new Latch()
  const progressed = new Set<string>()
  const stopListening = signals.onTable((id, signal) => {
    if (signal === 'progressed') progressed.add(id)
    changed.set()
  })
  try {
    let cursor = after ?? (await newestSeq(read))
    if (after !== undefined) changed.set()
    while (!aborted.aborted) {
      await changed.wait(aborted)
      changed.clear()
      const page = await readChanges(read, cursor)
      for (const change of page.changes) {
        progressed.delete(change.id)
        yield change
      }
      cursor = page.upTo
      if (page.isLast) {
        const live = [...progressed]
        progressed.clear()
        for (const run of live.length === 0 ? [] : await read.run.findMany({ where: { id: { in: live } } })) {
          yield { seq: cursor, change: 'UPDATED', id: run.id, run }
        }
        // Progress comes a few times a second from every training run; a table needs it no more often than this.
        await new Latch().wait(aborted, INTERVAL_MILLISECONDS)
      } else changed.set()
    }
  } finally {
    stopListening()
  }
}

interface ChangePage {
  readonly changes: readonly ChangedRun[]
  readonly upTo: number
  readonly isLast: boolean
}

async function readChanges(read: PrismaClient, after: number): Promise<ChangePage> {
  // A bound for all statements: what is committed between them comes with the next page.
  const newest = await newestSeq(read)
  if (newest <= after) return { changes: [], upTo: after, isLast: true }
  const range = { gt: after, lte: newest }
  const [runs, deletions] = await Promise.all([
    read.run.findMany({ where: { lastSeq: range }, orderBy: { lastSeq: 'asc' }, take: PAGE }),
    read.labEvent.findMany({ where: { kind: 'RUN_DELETED', seq: range }, orderBy: { seq: 'asc' }, take: PAGE }),
  ])
  const isLast = runs.length < PAGE && deletions.length < PAGE
  const upTo = Math.min(
    newest,
    runs.length < PAGE ? newest : (runs.at(-1)?.lastSeq ?? newest),
    deletions.length < PAGE ? newest : (deletions.at(-1)?.seq ?? newest),
  )
  const changes: ChangedRun[] = [
    ...runs.map((run) => ({
      seq: run.lastSeq,
      change: run.firstSeq > after ? ('CREATED' as const) : ('UPDATED' as const),
      id: run.id,
      run,
    })),
    ...deletions.map(({ seq, deletedId }) => ({ seq, change: 'DELETED' as const, id: deletedId ?? '', run: null })),
  ]
  return { changes: changes.filter(({ seq }) => seq <= upTo).sort((a, b) => a.seq - b.seq), upTo, isLast }
}
