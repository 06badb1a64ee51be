import type { MetricId } from '@hourglass/autoencoders'
import type { ExperimentMetric } from './experimentMetrics'

/** Least and greatest value of a share. */
export const SHARE = [0, 1] as const
/** Of what is 1 for equality, and may fall below 0. */
const SIMILARITY = [-1, 1] as const

/** What metrics can be at least and at most, where they have a greatest value. */
export const metricBounds: Readonly<Partial<Record<MetricId | ExperimentMetric, readonly [number, number]>>> = {
  structuralSimilarity: SIMILARITY,
  linearProbeAccuracy: SHARE,
  kMeansNormalizedMutualInformation: SHARE,
  kMeansAdjustedRandIndex: SIMILARITY,
  activeUnitShare: SHARE,
  onShare: SHARE,
}
