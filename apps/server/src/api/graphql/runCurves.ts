import type { Run } from '../../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../../HourglassError.js'
import { latestProblem, readLatest } from '../../runs/readLatest.js'
import type { CurveKey } from '../../runs/series/CurveCache.js'
import { readColumns } from '../../runs/series/readColumns.js'
import { builder } from './builder.js'
import { CurveType } from './Curve.js'
import { EpochMetricsType } from './EpochMetrics.js'
import { MAXIMUM_EPOCHS } from './maximumEpochs.js'
import { RunType } from './Run.js'
import { SeriesAxisType, SeriesType } from './Series.js'
import { COST_OF_SERIES, weighSeries } from './weighSeries.js'

const MINIMUM_POINTS = 4

/** What a run measured from epoch to epoch and from step to step. */
builder.objectFields(RunType, (t) => ({
  metrics: t.field({
    type: [EpochMetricsType],
    description:
      'Epochs in order. With maxPoints, downsampled so that the shape stays: the first, the last and the extremes of each number are kept, also where these alone are more.',
    args: {
      maxPoints: t.arg.int({ description: `At least ${MINIMUM_POINTS}.` }),
      after: t.arg.int({ defaultValue: 0, description: 'Only epochs behind this one: what a client that has the others lacks.' }),
    },
    complexity: ({ maxPoints }) => weighSeries(maxPoints ?? MAXIMUM_EPOCHS),
    resolve: async (run, { maxPoints = null, after }, { loaders }) => {
      if (maxPoints !== null) checkPoints(maxPoints)
      return [...(await loaders.metrics.load({ ...curveOf(run), maxPoints, after: after ?? 0 })).points]
    },
  }),
  curve: t.field({
    type: CurveType,
    description: 'Losses of its epochs for a small drawing, downsampled as metrics are.',
    args: { maxPoints: t.arg.int({ required: true, description: `At least ${MINIMUM_POINTS}.` }) },
    complexity: ({ maxPoints }) => weighSeries(maxPoints),
    resolve: async (run, { maxPoints }, { loaders }) => {
      checkPoints(maxPoints)
      const { points, problem } = await loaders.metrics.load({ ...curveOf(run), maxPoints, after: 0 })
      return { points, problem: latestProblem(run) ?? problem }
    },
  }),
  series: t.field({
    type: SeriesType,
    description: 'What the run measured, under whatever names, by epoch or by step.',
    args: {
      axis: t.arg({ type: SeriesAxisType, required: true }),
      names: t.arg.stringList({ description: 'Only these; all where it is left out.' }),
      after: t.arg.int({ description: 'Only what lies behind this epoch or step.' }),
      maxPoints: t.arg.int({ description: `Downsampled as \`metrics\` is. At least ${MINIMUM_POINTS}.` }),
    },
    complexity: { field: COST_OF_SERIES, multiplier: 1 },
    resolve: ({ number }, { axis, names, after, maxPoints }, { lab, work, series }) => {
      if (typeof maxPoints === 'number') checkPoints(maxPoints)
      const range = { runNumber: number, axis, after: after ?? undefined }
      return work.do(async () => {
        const read = await readColumns(lab.database.read, range, { names: names ?? undefined, maxPoints: maxPoints ?? undefined })
        series.take(read.at.length * (1 + read.columns.length))
        return read
      })
    },
  }),
}))

function curveOf(run: Run): Pick<CurveKey, 'runNumber' | 'epochsCompleted' | 'totalSeconds'> {
  return { runNumber: run.number, epochsCompleted: run.epochsCompleted, totalSeconds: readLatest(run).totalSeconds }
}

function checkPoints(maxPoints: number): void {
  if (maxPoints >= MINIMUM_POINTS) return
  throw new HourglassError(errorCodes.badUserInput, `maxPoints: expected at least ${MINIMUM_POINTS}, got ${maxPoints}.`)
}
