import type { PrismaClient, Run } from '../../generated/prisma/client.js'
import { eventsOf } from '../labEvents.js'
import type { RunSignals } from '../RunSignals.js'
import type { FeedSource } from './FeedSource.js'
import { readRenamed } from './readRenamed.js'
import { type ChangedRow, type ChangePage, type SeqRange, tableFeed } from './tableFeed.js'

const PAGE = 100

/** All runs, as {@link tableFeed} tells of a table: one changes when its experiment is renamed, too. */
export function runsFeed(read: PrismaClient, signals: RunSignals): FeedSource<ChangedRow<Run>> {
  return tableFeed({
    read,
    signals,
    listen: (wake) => signals.onExperiments(wake),
    readChanges: (range) => readChanges(read, range),
    readProgressed: (ids) => read.run.findMany({ where: { id: { in: [...ids] } } }),
  })
}

async function readChanges(read: PrismaClient, { since, after, upTo: newest }: SeqRange): Promise<ChangePage<Run>> {
  const range = { gt: after, lte: newest }
  const [runs, movedOn, deletions, restored] = await Promise.all([
    read.run.findMany({ where: { lastSeq: range }, orderBy: { lastSeq: 'asc' }, take: PAGE }),
    // New ones that have changed again since come here already: with that change they would be no longer new, and never told of as such.
    read.run.findMany({ where: { lastSeq: { gt: newest }, firstSeq: range, deletedAt: null }, orderBy: { firstSeq: 'asc' }, take: PAGE }),
    read.labEvent.findMany({ where: eventsOf(['RUN_DELETED'], range), orderBy: { seq: 'asc' }, take: PAGE }),
    read.labEvent.findMany({ where: eventsOf(['RESTORED'], { gt: since, lte: newest }), select: { runNumber: true } }),
  ])
  // One that came back from the trash is new to those who were told that it is gone.
  const isNew = ({ firstSeq, number }: Run) => firstSeq > since || restored.some(({ runNumber }) => runNumber === number)
  const ownUpTo = Math.min(
    runs.length < PAGE ? newest : (runs.at(-1)?.lastSeq ?? newest),
    movedOn.length < PAGE ? newest : (movedOn.at(-1)?.firstSeq ?? newest),
    deletions.length < PAGE ? newest : (deletions.at(-1)?.seq ?? newest),
  )
  const { changes: renamed, upTo } = await readRenamed(read, { after, upTo: ownUpTo })
  const changes: ChangedRow<Run>[] = [
    ...runs.map((row) => ({
      seq: row.lastSeq,
      change: row.deletedAt ? ('DELETED' as const) : isNew(row) ? ('CREATED' as const) : ('UPDATED' as const),
      id: row.id,
      ...(row.deletedAt ? { row: null, trashed: row.number } : { row }),
    })),
    ...movedOn.map((row) => ({ seq: row.firstSeq, change: 'CREATED' as const, id: row.id, row })),
    ...deletions.map(({ seq, deletedId }) => ({ seq, change: 'DELETED' as const, id: deletedId ?? '', row: null })),
    ...renamed,
  ]
  return { changes: changes.filter(({ seq }) => seq <= upTo).sort((a, b) => a.seq - b.seq), upTo }
}
