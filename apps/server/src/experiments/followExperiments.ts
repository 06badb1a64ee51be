import type { Experiment, PrismaClient } from '../generated/prisma/client.js'
import { type ChangedRow, type ChangePage, type FollowOptions, followChanges, type SeqRange } from '../runs/followChanges.js'

/** Follows experiments from a place in the lab's history on, as {@link followChanges} does: an experiment changes whenever one of its runs does. */
export function followExperiments(options: FollowOptions): AsyncGenerator<ChangedRow<Experiment>, void> {
  const { read, signals } = options
  return followChanges(options, {
    listen: (wake) => signals.onExperiments(wake),
    readChanges: (range) => readChanges(read, range),
    readProgressed: (runIds) => read.experiment.findMany({ where: { runs: { some: { id: { in: [...runIds] } } } } }),
  })
}

async function readChanges(read: PrismaClient, { after, upTo }: SeqRange): Promise<ChangePage<Experiment>> {
  const rows = await read.$queryRaw<{ id: string; seq: bigint }[]>`
    SELECT id, MAX(seq) AS seq FROM (
      SELECT id, lastSeq AS seq FROM Experiment WHERE lastSeq > ${after} AND lastSeq <= ${upTo}
      UNION ALL
      SELECT experimentId AS id, lastSeq AS seq FROM Run WHERE lastSeq > ${after} AND lastSeq <= ${upTo} AND experimentId IS NOT NULL
    ) GROUP BY id ORDER BY seq`
  const experiments = await read.experiment.findMany({ where: { id: { in: rows.map(({ id }) => id) } } })
  const byId = new Map(experiments.map((experiment) => [experiment.id, experiment]))
  const deletions = await read.labEvent.findMany({
    where: { kind: 'EXPERIMENT_DELETED', seq: { gt: after, lte: upTo } },
    orderBy: { seq: 'asc' },
  })
  const changes = rows.flatMap(({ id, seq }): readonly ChangedRow<Experiment>[] => {
    const row = byId.get(id)
    return row ? [{ seq: Number(seq), change: row.firstSeq > after ? 'CREATED' : 'UPDATED', id, row }] : []
  })
  const deleted = deletions.map(({ seq, deletedId }) => ({ seq, change: 'DELETED' as const, id: deletedId ?? '', row: null }))
  return { changes: [...changes, ...deleted].sort((a, b) => a.seq - b.seq), upTo }
}
