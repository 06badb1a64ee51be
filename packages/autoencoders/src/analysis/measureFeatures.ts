import type { Engine } from '../engines/Engine.js'
import { adjustedRandIndex } from '../metrics/adjustedRandIndex.js'
import { ContingencyTable } from '../metrics/ContingencyTable.js'
import { clusterCodes } from '../metrics/clusterCodes.js'
import type { LabelledFeatures } from '../metrics/linearProbe.js'
import { normalizedMutualInformation } from '../metrics/normalizedMutualInformation.js'
import { tunedProbe } from '../metrics/tunedProbe.js'
import type { SubjectMetrics } from './SubjectMetrics.js'
import { firstRows } from './takeExamples.js'

export interface FeatureOptions {
  readonly engine: Engine
  readonly train: LabelledFeatures
  /** In random order. */
  readonly test: LabelledFeatures
  readonly width: number
  readonly classCount: number
  /** Test examples, from the first, whose class is told by the classifier. */
  readonly testCount: number
  /** Test examples, from the first, that are clustered. */
  readonly clusteredCount: number
  readonly seed: number
}

/** The same for every width of features: chance agrees more with fewer examples, and fewer starts find worse clusters. */
const CLUSTERING = { restarts: 3, maximumIterations: 50 } as const

/** Measures what features tell of classes: by a linear classifier that learns from labels, and by clusters that know none. */
export async function measureFeatures(options: FeatureOptions): Promise<Partial<SubjectMetrics>> {
  const { engine, train, test, width, classCount, testCount, clusteredCount, seed } = options
  const { testAccuracy, regularization } = await tunedProbe({ engine, train, test: firstRows(test, testCount), width, classCount })
  const { clusters } = clusterCodes(test.features.subarray(0, clusteredCount * width), {
    latentDimension: width,
    clusters: classCount,
    seed,
    ...CLUSTERING,
  })
  const table = new ContingencyTable(clusters, test.labels.subarray(0, clusteredCount))
  return {
    linearProbeAccuracy: testAccuracy,
    linearProbeRegularization: regularization,
    kMeansNormalizedMutualInformation: normalizedMutualInformation(table),
    kMeansAdjustedRandIndex: adjustedRandIndex(table),
  }
}
