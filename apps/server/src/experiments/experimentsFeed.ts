import type { Experiment, PrismaClient } from '../generated/prisma/client.js'
import type { FeedSource } from '../runs/feeds/FeedSource.js'
import { type ChangedRow, type ChangePage, type SeqRange, tableFeed } from '../runs/feeds/tableFeed.js'
import { eventsOf } from '../runs/labEvents.js'
import type { RunSignals } from '../runs/RunSignals.js'

/** All experiments, as {@link tableFeed} tells of a table: one changes whenever one of its runs does. */
export function experimentsFeed(read: PrismaClient, signals: RunSignals): FeedSource<ChangedRow<Experiment>> {
  return tableFeed({
    read,
    signals,
    listen: (wake) => signals.onExperiments(wake),
    readChanges: (range) => readChanges(read, range),
    readProgressed: (runIds) => read.experiment.findMany({ where: { runs: { some: { id: { in: [...runIds] } } } } }),
  })
}

async function readChanges(read: PrismaClient, { since, after, upTo }: SeqRange): Promise<ChangePage<Experiment>> {
  const rows = await read.$queryRaw<{ id: string; seq: bigint }[]>`
    SELECT id, MAX(seq) AS seq FROM (
      SELECT id, lastSeq AS seq FROM Experiment WHERE lastSeq > ${after} AND lastSeq <= ${upTo}
      -- One that has changed again since, too: later it would come as a change of one that the reader does not know.
      UNION ALL
      SELECT id, firstSeq AS seq FROM Experiment WHERE lastSeq > ${after} AND firstSeq > ${after} AND firstSeq <= ${upTo}
      UNION ALL
      SELECT experimentId AS id, lastSeq AS seq FROM Run WHERE lastSeq > ${after} AND lastSeq <= ${upTo} AND experimentId IS NOT NULL
    ) GROUP BY id ORDER BY seq`
  const experiments = await read.experiment.findMany({ where: { id: { in: rows.map(({ id }) => id) } } })
  const byId = new Map(experiments.map((experiment) => [experiment.id, experiment]))
  const deletions = await read.labEvent.findMany({
    where: eventsOf(['EXPERIMENT_DELETED'], { gt: after, lte: upTo }),
    orderBy: { seq: 'asc' },
  })
  const restored = await read.labEvent.findMany({
    where: eventsOf(['EXPERIMENT_RESTORED'], { gt: since, lte: upTo }),
    select: { experimentNumber: true },
  })
  const isNew = (row: Experiment) => row.firstSeq > since || restored.some(({ experimentNumber }) => experimentNumber === row.number)
  const changes = rows.flatMap(({ id, seq }): readonly ChangedRow<Experiment>[] => {
    const row = byId.get(id)
    if (!row) return []
    if (row.deletedAt) return [{ seq: Number(seq), change: 'DELETED', id, row: null }]
    return [{ seq: Number(seq), change: isNew(row) ? 'CREATED' : 'UPDATED', id, row }]
  })
  const deleted = deletions.map(({ seq, deletedId }) => ({ seq, change: 'DELETED' as const, id: deletedId ?? '', row: null }))
  return { changes: [...changes, ...deleted].sort((a, b) => a.seq - b.seq), upTo }
}
