import { metricCatalog, subjectCatalog } from '@hourglass/autoencoders'
import type { FigureTable } from '../../download/FigureSource'
import type { AnalysisFieldsFragment } from '../../graphql/generated/graphql'

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
    columns: ['example', 'label', 'direction', 'singular value'],
    rows: spaces.flatMap(({ example, label, singularValues }) => singularValues.map((value, index) => [example, label, index + 1, value])),
  }
}
