import type { Engine } from '../engines/Engine.js'
import type { LabelledFeatures } from '../metrics/linearProbe.js'
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
}

/** Measures what features tell of classes to a linear classifier that learns from labels. */
export async function measureFeatures(options: FeatureOptions): Promise<Partial<SubjectMetrics>> {
  const { engine, train, test, width, classCount, testCount } = options
  const { testAccuracy, regularization } = await tunedProbe({ engine, train, test: firstRows(test, testCount), width, classCount })
  return { linearProbeAccuracy: testAccuracy, linearProbeRegularization: regularization }
}
