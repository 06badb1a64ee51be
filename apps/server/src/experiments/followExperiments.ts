import type { Experiment, PrismaClient } from '../generated/prisma/client.js'
import { abortable } from '../runs/abortable.js'
import type { TableChange } from '../runs/followRuns.js'
import { Latch } from '../runs/Latch.js'
import { newestSeq } from '../runs/newestSeq.js'
import type { RunSignals } from '../runs/RunSignals.js'

export interface ChangedExperiment {
  /** Sequence number of the newest event that this change tells of. */
  readonly seq: number
  readonly change: TableChange
  readonly id: string
  /** The experiment as it is now; null where it was deleted. */
  readonly experiment: Experiment | null
}

export interface FollowExperimentsOptions {
  readonly read: PrismaClient
  readonly signals: RunSignals
  /** Sequence number of the last change that the reader has; undefined for one who wants only what comes. */
  readonly after: number | undefined
}

const INTERVAL_MILLISECONDS = 250

/** Follows experiments from a place in the lab's history on: each that changed, or of which a run did, once, as it is now; and again whenever it does. */
export function followExperiments(options: FollowExperimentsOptions): AsyncGenerator<ChangedExperiment, void> {
  return abortable((aborted) => follow(options, aborted))
}

async function* follow({ read, signals, after }: FollowExperimentsOptions, aborted: AbortSignal): AsyncGenerator<ChangedExperiment, void> {
  const changed = new Latch()
  const progressed = new Set<string>()
  const stopListening = [
    signals.onExperiments(() => changed.set()),
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
      const upTo = await newestSeq(read)
      const stored = await readChanges(read, { after: cursor, upTo })
      yield* stored
      cursor = upTo
      const live = [...progressed]
      progressed.clear()
      const told = new Set(stored.map(({ id }) => id))
      for (const experiment of await experimentsOf(read, live)) {
        if (!told.has(experiment.id)) yield { seq: cursor, change: 'UPDATED', id: experiment.id, experiment }
      }
      // Training runs report progress a few times a second; a page needs it no more often than this.
      await new Latch().wait(aborted, INTERVAL_MILLISECONDS)
    }
  } finally {
    for (const stop of stopListening) stop()
  }
}

interface Range {
  readonly after: number
  readonly upTo: number
}

async function readChanges(read: PrismaClient, { after, upTo }: Range): Promise<readonly ChangedExperiment[]> {
  if (upTo <= after) return []
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
  const changes = rows.flatMap(({ id, seq }): readonly ChangedExperiment[] => {
    const experiment = byId.get(id)
    if (!experiment) return []
    return [{ seq: Number(seq), change: experiment.firstSeq > after ? 'CREATED' : 'UPDATED', id, experiment }]
  })
  const deleted = deletions.map(({ seq, deletedId }) => ({ seq, change: 'DELETED' as const, id: deletedId ?? '', experiment: null }))
  return [...changes, ...deleted].sort((a, b) => a.seq - b.seq)
}

async function experimentsOf(read: PrismaClient, runIds: readonly string[]): Promise<readonly Experiment[]> {
  if (runIds.length === 0) return []
  return read.experiment.findMany({ where: { runs: { some: { id: { in: [...runIds] } } } } })
}
