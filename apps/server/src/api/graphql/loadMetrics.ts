import { type EpochMetrics, Prisma, type PrismaClient } from '../../generated/prisma/client.js'

export interface MetricsKey {
  readonly runId: string
  /** At most so many epochs; null for all. */
  readonly maxPoints: number | null
}

/**
 * Loads the epochs of runs, fewer where asked: the epochs between the first and the last fall into buckets of equal length, of which the
 * lowest and the highest validation loss stay. So the curve keeps its ends and its extremes, and points do not jump within a bucket.
 */
export async function loadMetrics(read: PrismaClient, keys: readonly MetricsKey[]): Promise<EpochMetrics[][]> {
  const limits = [...new Set(keys.map(({ maxPoints }) => maxPoints))]
  const loaded = new Map<string, EpochMetrics[]>()
  for (const maxPoints of limits) {
    const runIds = keys.filter((key) => key.maxPoints === maxPoints).map(({ runId }) => runId)
    const rows = maxPoints === null ? await loadAll(read, runIds) : await loadDownsampled(read, runIds, maxPoints)
    for (const row of rows) {
      const key = `${row.runId}/${maxPoints}`
      const epochs = loaded.get(key)
      if (epochs) epochs.push(row)
      else loaded.set(key, [row])
    }
  }
  return keys.map(({ runId, maxPoints }) => loaded.get(`${runId}/${maxPoints}`) ?? [])
}

function loadAll(read: PrismaClient, runIds: string[]): Promise<EpochMetrics[]> {
  return read.epochMetrics.findMany({ where: { runId: { in: runIds } }, orderBy: [{ runId: 'asc' }, { epoch: 'asc' }] })
}

async function loadDownsampled(read: PrismaClient, runIds: string[], maxPoints: number): Promise<EpochMetrics[]> {
  const buckets = Math.floor((maxPoints - 2) / 2)
  const rows = await read.$queryRaw<EpochMetrics[]>`
    WITH bucketed AS (
      SELECT metrics.*, run.epochsCompleted AS total,
        CASE
          WHEN run.epochsCompleted <= ${maxPoints} THEN metrics.epoch
          WHEN metrics.epoch = 1 THEN -1
          WHEN metrics.epoch = run.epochsCompleted THEN ${buckets}
          ELSE CAST((metrics.epoch - 2) * ${buckets} / (run.epochsCompleted - 2) AS INTEGER)
        END AS bucket
      FROM EpochMetrics AS metrics JOIN Run AS run ON run.id = metrics.runId
      WHERE metrics.runId IN (${Prisma.join(runIds)})
    ), ranked AS (
      SELECT *,
        ROW_NUMBER() OVER (PARTITION BY runId, bucket ORDER BY validationLoss IS NULL, validationLoss, epoch) AS lowest,
        ROW_NUMBER() OVER (PARTITION BY runId, bucket ORDER BY validationLoss IS NULL, validationLoss DESC, epoch) AS highest
      FROM bucketed
    )
    SELECT runId, epoch, trainLoss, validationLoss, validationMeanSquaredError, measurements, seconds, imagesPerSecond
    FROM ranked WHERE lowest = 1 OR highest = 1 ORDER BY runId, epoch`
  // Raw results carry 64-bit integers.
  return rows.map((row) => ({ ...row, epoch: Number(row.epoch) }))
}
