import type { RunTimes, StageSeconds } from '@hourglass/autoencoders/training'
import { datasetCatalog } from '@hourglass/datasets'
import type { PrismaClient, Run } from '../generated/prisma/client.js'
import { readConfig } from '../runs/readConfig.js'
import { readLatest } from '../runs/readLatest.js'
import { kindsTrainedHere } from '../runs/runKinds.js'
import { readSeries } from '../runs/series/SeriesStore.js'

/** The newest say most, and each is compared with each run that is estimated. */
const MOST_RUNS = 200

interface KeptTimes {
  /** Of the run when its times were read. */
  readonly lastSeq: number
  readonly times: RunTimes | null
}

/** Reads how long the stages of the newest runs took, as far as these have come; a run is read again only after something happened to it. */
export class RunTimesReader {
  readonly #read: PrismaClient
  #kept: ReadonlyMap<number, KeptTimes> = new Map()
  #reading: Promise<readonly RunTimes[]> | undefined

  constructor(read: PrismaClient) {
    this.#read = read
  }

  /** The newest first. Those who ask at the same time share one reading. */
  read(): Promise<readonly RunTimes[]> {
    this.#reading ??= this.#readNewest().finally(() => {
      this.#reading = undefined
    })
    return this.#reading
  }

  async #readNewest(): Promise<readonly RunTimes[]> {
    const newest = await this.#read.run.findMany({
      where: { kind: { in: [...kindsTrainedHere] }, host: { not: null }, deletedAt: null },
      orderBy: { number: 'desc' },
      take: MOST_RUNS,
      select: { number: true, lastSeq: true },
    })
    const changed = newest.filter(({ number, lastSeq }) => this.#kept.get(number)?.lastSeq !== lastSeq)
    const read = await this.#readTimes(changed.map(({ number }) => number))
    const kept = newest.flatMap(({ number }) => {
      const times = read.get(number) ?? this.#kept.get(number)
      return times ? [[number, times] as const] : []
    })
    this.#kept = new Map(kept)
    return kept.flatMap(([, { times }]) => times ?? [])
  }

  async #readTimes(numbers: readonly number[]): Promise<ReadonlyMap<number, KeptTimes>> {
    if (numbers.length === 0) return new Map()
    const runs = await this.#read.run.findMany({ where: { number: { in: [...numbers] } } })
    const firstEpochs = await readSeries(
      this.#read,
      runs.map(({ number }) => ({ runNumber: number, axis: 'epoch', upTo: 1 })),
    )
    return new Map(
      runs.map((run, index) => {
        const firstEpoch = firstEpochs[index]?.[0]?.values.seconds ?? null
        return [run.number, { lastSeq: run.lastSeq, times: timesOf(run, firstEpoch) }]
      }),
    )
  }
}

function timesOf(run: Run, firstEpoch: number | null): RunTimes | null {
  const read = readConfig(run)
  if (!('value' in read) || run.host === null) return null
  const config = read.value
  return { config, sizes: datasetCatalog[config.data.dataset], host: run.host, seconds: secondsOf(run, firstEpoch) }
}

function secondsOf(run: Run, firstEpoch: number | null): StageSeconds {
  const { epochsCompleted, attempt } = run
  const latest = readLatest(run)
  const {
    startingSeconds: starting = null,
    pretrainingSeconds: pretraining = null,
    measuringSeconds: measuring = null,
    totalSeconds,
  } = latest
  if (firstEpoch === null || totalSeconds === undefined) return { starting, pretraining, firstEpoch: null, epoch: null, measuring }
  // An epoch's own seconds are without what it leaves in files and in the store; of a run that was continued, only part of training was timed.
  const trained = attempt === 1 ? Math.max(totalSeconds, latest.trainingSeconds ?? 0) : totalSeconds
  const stored = (trained - totalSeconds) / epochsCompleted
  const epoch = epochsCompleted > 1 ? (totalSeconds - firstEpoch) / (epochsCompleted - 1) + stored : null
  return { starting, pretraining, firstEpoch: firstEpoch + stored, epoch, measuring }
}
