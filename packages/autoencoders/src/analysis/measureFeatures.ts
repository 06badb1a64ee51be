import type { Engine } from '../engines/Engine.js'
import { adjustedRandIndex } from '../metrics/adjustedRandIndex.js'
import { ContingencyTable } from '../metrics/ContingencyTable.js'
import { clusterCodes } from '../metrics/clusterCodes.js'
import { type LabelledFeatures, linearProbe } from '../metrics/linearProbe.js'
import { normalizedMutualInformation } from '../metrics/normalizedMutualInformation.js'
import type { SubjectMetrics } from './SubjectMetrics.js'

export interface FeatureOptions {
  readonly engine: Engine
  readonly train: LabelledFeatures
  readonly test: LabelledFeatures
  readonly width: number
  readonly classCount: number
  /** Test examples that are clustered, from the first. */
  readonly clusteredCount: number
  readonly seed: number
}

/** Clustering starts anew often for narrow features, where it is cheap, and seldom for wide ones. */
const [FEWEST_RESTARTS, MOST_RESTARTS] = [2, 10]
const RESTARTED_WIDTH = 200

/** Measures what features tell of classes: by a linear classifier that learns from labels, and by clusters that know none. */
export async function measureFeatures(options: FeatureOptions): Promise<Partial<SubjectMetrics>> {
  const { engine, train, test, width, classCount, clusteredCount, seed } = options
  const { testAccuracy } = await linearProbe({ engine, train, test, width, classCount })
  const { clusters } = clusterCodes(test.features.subarray(0, clusteredCount * width), {
    latentDimension: width,
    clusters: classCount,
    seed,
    restarts: Math.min(MOST_RESTARTS, Math.max(FEWEST_RESTARTS, Math.floor(RESTARTED_WIDTH / width))),
    maximumIterations: 50,
  })
  const table = new ContingencyTable(clusters, test.labels.subarray(0, clusteredCount))
  return {
    linearProbeAccuracy: testAccuracy,
    kMeansNormalizedMutualInformation: normalizedMutualInformation(table),
    kMeansAdjustedRandIndex: adjustedRandIndex(table),
  }
}
