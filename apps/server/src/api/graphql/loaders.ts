import DataLoader from 'dataloader'
import { readNames, storedType } from '../../artifacts/storedNames.js'
import type { Analysis, Artifact, Experiment, PcaBaseline, Run } from '../../generated/prisma/client.js'
import { groupBy } from '../../groupBy.js'
import type { Lab } from '../../Lab.js'
import { newestSeq } from '../../runs/newestSeq.js'
import { readTags } from '../../runs/RunTexts.js'
import type { RunValueRow } from '../../runs/runValues.js'
import type { CurveKey } from '../../runs/series/CurveCache.js'
import { type ReadStretch, seriesProblems } from '../../runs/series/SeriesStore.js'
import { type RunColumns, readRunColumns } from '../../runs/tables/readRunColumns.js'

/** Names of the files that show the fixed test examples. */
export interface SampleFiles {
  readonly originals: string | undefined
  readonly corrupted: string | undefined
}

export interface ExperimentRuns {
  /** Newest event of the lab before they were read. */
  readonly seq: number
  /** In the experiment's order, without those that were deleted. */
  readonly runs: readonly Run[]
}

export interface Loaders {
  readonly metrics: DataLoader<CurveKey, ReadStretch>
  /** What of a run's series cannot be read, by the number of the run. */
  readonly seriesProblem: DataLoader<number, string | null>
  /** Checkpoints by the number of their run, in the order of epochs. */
  readonly checkpoints: DataLoader<number, Artifact[]>
  readonly samples: DataLoader<number, SampleFiles>
  readonly runByNumber: DataLoader<number, Run | null>
  /** Tags of a run by its number. */
  readonly tags: DataLoader<number, readonly string[]>
  /** Values of runs by their names. */
  readonly columns: DataLoader<RunColumns, readonly RunValueRow[]>
  /** Place of a queued run among those that wait, from 1, by its number. */
  readonly queuePosition: DataLoader<number, number | null>
  readonly experiment: DataLoader<string, Experiment | null>
  readonly experimentRuns: DataLoader<string, ExperimentRuns>
  readonly analysis: DataLoader<number, Analysis | null>
  readonly baseline: DataLoader<number, PcaBaseline | null>
}

/** Batches what a page of runs asks for into one query each. Rows that change are never remembered: a subscription lives long and wants what is new. */
export function createLoaders({ database: { read }, curves, queuePlaces }: Lab): Loaders {
  return {
    metrics: batched((keys) => curves.load(keys)),
    seriesProblem: batched((numbers) => seriesProblems(read, numbers)),
    checkpoints: batched(async (numbers) => {
      const rows = await read.artifact.findMany({
        where: { runNumber: { in: [...numbers] }, type: storedType('checkpoint') },
        orderBy: [{ runNumber: 'asc' }, { name: 'asc' }],
      })
      const checkpoints = groupBy(rows.map(readNames), ({ runNumber }) => runNumber)
      return numbers.map((number) => checkpoints.get(number) ?? [])
    }),
    samples: batched(async (numbers) => {
      const rows = await read.artifact.findMany({
        where: { runNumber: { in: [...numbers] }, type: { in: ['originals', 'corrupted'].map(storedType) } },
        select: { runNumber: true, type: true, name: true },
      })
      const samples = groupBy(rows.map(readNames), ({ runNumber }) => runNumber)
      return numbers.map((number) => {
        const nameOf = (type: string) => samples.get(number)?.find((row) => row.type === type)?.name
        return { originals: nameOf('originals'), corrupted: nameOf('corrupted') }
      })
    }),
    runByNumber: batched(async (numbers) => {
      const runs = groupBy(await read.run.findMany({ where: { number: { in: [...numbers] } } }), ({ number }) => number)
      return numbers.map((number) => runs.get(number)?.[0] ?? null)
    }),
    tags: batched(async (numbers) => {
      const tags = await readTags(read, numbers)
      return numbers.map((number) => tags.get(number) ?? [])
    }),
    columns: batched((asked) => readRunColumns(read, asked)),
    queuePosition: batched(async (numbers) => {
      const places = await queuePlaces.read()
      return numbers.map((number) => places.get(number) ?? null)
    }),
    experiment: batched(async (ids) => {
      const experiments = groupBy(await read.experiment.findMany({ where: { id: { in: [...ids] } } }), ({ id }) => id)
      return ids.map((id) => experiments.get(id)?.[0] ?? null)
    }),
    experimentRuns: batched(async (ids) => {
      const seq = await newestSeq(read)
      const members = await read.run.findMany({
        where: { experimentId: { in: [...ids] }, deletedAt: null },
        orderBy: [{ experimentId: 'asc' }, { place: 'asc' }],
      })
      const runs = groupBy(members, ({ experimentId }) => experimentId)
      return ids.map((id) => ({ seq, runs: runs.get(id) ?? [] }))
    }),
    analysis: batched(async (numbers) => {
      const analyses = groupBy(await read.analysis.findMany({ where: { runNumber: { in: [...numbers] } } }), ({ runNumber }) => runNumber)
      return numbers.map((number) => analyses.get(number)?.[0] ?? null)
    }),
    baseline: batched(async (ids) => {
      const baselines = groupBy(await read.pcaBaseline.findMany({ where: { id: { in: [...ids] } } }), ({ id }) => id)
      return ids.map((id) => baselines.get(id)?.[0] ?? null)
    }),
  }
}

function batched<Key, Value>(load: (keys: readonly Key[]) => Promise<Value[]>): DataLoader<Key, Value> {
  return new DataLoader<Key, Value>(load, { cache: false, maxBatchSize: 200 })
}
