import { metricCatalog, subjectCatalog } from '@hourglass/autoencoders'
import type { AnalysisFieldsFragment } from '../../data/generated/graphql'
import type { FigureTable } from '../../ui/FigureSource'

export type MeasuredSubject = AnalysisFieldsFragment['subjects'][number]
export type RateCurve = AnalysisFieldsFragment['rateDistortion'][number]
export type TangentSpace = AnalysisFieldsFragment['tangents'][number]

/** Lists every metric of every subject, a row for each metric. */
export function measuredTable(subjects: readonly MeasuredSubject[]): FigureTable {
  return {
    columns: ['metric', 'unit', ...subjects.map(({ subject }) => subjectCatalog[subject].title)],
    rows: metricCatalog.map(({ id, title, unit }) => [title, unit, ...subjects.map(({ metrics }) => metrics[id])]),
  }
}

/** Lists how well images of each kind are reconstructed, and those of another data set where there are any. */
export function generalizationTable(
  subjects: readonly MeasuredSubject[],
  foreign: { readonly dataset: string; readonly count: number; readonly meanSquaredError: number } | null,
): FigureTable {
  const rowOf = (what: string, wanted: MeasuredSubject['subject']) => {
    const metrics = subjects.find(({ subject }) => subject === wanted)?.metrics
    if (!metrics) return []
    const { meanSquaredError, unclippedMeanSquaredError, peakSignalToNoiseRatio, structuralSimilarity } = metrics
    return [[what, meanSquaredError, unclippedMeanSquaredError, peakSignalToNoiseRatio, structuralSimilarity]]
  }
  const noiseError = subjects.find(({ subject }) => subject === 'MODEL')?.metrics.noiseMeanSquaredError ?? null
  return {
    columns: ['images', 'mse, clipped', 'mse, not clipped', 'psnr (dB)', 'ssim'],
    rows: [
      ...rowOf('training', 'TRAINING'),
      ...rowOf('test', 'MODEL'),
      ...rowOf('test, through PCA', 'PCA'),
      ['noise', noiseError, null, null, null],
      ...(foreign ? [[`${foreign.count} of ${foreign.dataset}`, foreign.meanSquaredError, null, null, null]] : []),
    ],
  }
}

/** Lists the points of rate-distortion curves. */
export function rateTable(curves: readonly RateCurve[]): FigureTable {
  return {
    columns: ['codec', 'setting', 'bits per pixel', 'mse', 'psnr (dB)'],
    rows: curves.flatMap(({ codec, points }) =>
      points.map(({ setting, bitsPerPixel, meanSquaredError, peakSignalToNoiseRatio }) => [
        codec,
        setting,
        bitsPerPixel,
        meanSquaredError,
        peakSignalToNoiseRatio,
      ]),
    ),
  }
}

/** Lists the singular values at each example. */
export function tangentTable(spaces: readonly TangentSpace[]): FigureTable {
  return {
    columns: ['example', 'class', 'direction', 'singular value'],
    rows: spaces.flatMap(({ example, label, singularValues }) => singularValues.map((value, index) => [example, label, index + 1, value])),
  }
}
