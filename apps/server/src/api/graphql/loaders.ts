import DataLoader from 'dataloader'
import type { Analysis, Checkpoint, CodeSnapshot, EpochMetrics, Experiment, PcaBaseline, Run } from '../../generated/prisma/client.js'
import type { Lab } from '../../Lab.js'
import type { CurveKey } from './CurveCache.js'

export interface EpochKey {
  readonly runId: string
  readonly epoch: number
}

export interface Loaders {
  readonly run: DataLoader<string, Run | null>
  readonly metrics: DataLoader<CurveKey, EpochMetrics[]>
  readonly checkpoints: DataLoader<string, Checkpoint[]>
  readonly codes: DataLoader<EpochKey, CodeSnapshot | null>
  readonly experiment: DataLoader<string, Experiment | null>
  /** Runs of an experiment in its order. */
  readonly experimentRuns: DataLoader<string, Run[]>
  readonly analysis: DataLoader<string, Analysis | null>
  readonly baseline: DataLoader<number, PcaBaseline | null>
}

/** Batches what a page of runs asks for into one query each. Rows that change are never remembered: a subscription lives long and wants what is new. */
export function createLoaders({ database: { read }, curves }: Lab): Loaders {
  return {
    run: batched(async (ids) => {
      const runs = byKey(await read.run.findMany({ where: { id: { in: [...ids] } } }), ({ id }) => id)
      return ids.map((id) => runs.get(id)?.[0] ?? null)
    }),
    metrics: batched((keys) => curves.load(keys)),
    checkpoints: batched(async (ids) => {
      const rows = await read.checkpoint.findMany({ where: { runId: { in: [...ids] } }, orderBy: [{ runId: 'asc' }, { epoch: 'asc' }] })
      const checkpoints = byKey(rows, ({ runId }) => runId)
      return ids.map((id) => checkpoints.get(id) ?? [])
    }),
    codes: batched(async (keys) => {
      const rows = await read.codeSnapshot.findMany({ where: { OR: keys.map(({ runId, epoch }) => ({ runId, epoch })) } })
      const snapshots = byKey(rows, epochKey)
      return keys.map((key) => snapshots.get(epochKey(key))?.[0] ?? null)
    }),
    experiment: batched(async (ids) => {
      const experiments = byKey(await read.experiment.findMany({ where: { id: { in: [...ids] } } }), ({ id }) => id)
      return ids.map((id) => experiments.get(id)?.[0] ?? null)
    }),
    experimentRuns: batched(async (ids) => {
      const members = await read.run.findMany({
        where: { experimentId: { in: [...ids] } },
        orderBy: [{ experimentId: 'asc' }, { place: 'asc' }],
      })
      const runs = byKey(members, ({ experimentId }) => experimentId)
      return ids.map((id) => runs.get(id) ?? [])
    }),
    analysis: batched(async (ids) => {
      const analyses = byKey(await read.analysis.findMany({ where: { runId: { in: [...ids] } } }), ({ runId }) => runId)
      return ids.map((id) => analyses.get(id)?.[0] ?? null)
    }),
    baseline: batched(async (ids) => {
      const baselines = byKey(await read.pcaBaseline.findMany({ where: { id: { in: [...ids] } } }), ({ id }) => id)
      return ids.map((id) => baselines.get(id)?.[0] ?? null)
    }),
  }
}

function batched<Key, Value>(load: (keys: readonly Key[]) => Promise<Value[]>): DataLoader<Key, Value> {
  return new DataLoader<Key, Value>(load, { cache: false, maxBatchSize: 200 })
}

function byKey<Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group) group.push(row)
    else groups.set(keyOf(row), [row])
  }
  return groups
}

const epochKey = ({ runId, epoch }: EpochKey) => `${runId}/${epoch}`
