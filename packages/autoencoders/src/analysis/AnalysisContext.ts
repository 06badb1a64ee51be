import { datasetCatalog } from '@hourglass/datasets'
import { EngineModel } from '../inference/EngineModel.js'
import { imageSides } from '../measurements/measurementRules.js'
import type { LabelledFeatures } from '../metrics/linearProbe.js'
import { toLinearModel } from '../pca/toLinearModel.js'
import { pickRows } from '../tensors/pickRows.js'
import { type AnalysisLimits, defaultLimits } from './AnalysisLimits.js'
import type { AnalyzeRunOptions } from './AnalyzeRunOptions.js'
import { randomOrder } from './randomOrder.js'
import { measuredAnew, sharedKey } from './SharedMeasurements.js'
import { gatherRows, takeExamples } from './takeExamples.js'

/** What all parts of an analysis work on. */
export interface AnalysisContext {
  readonly options: AnalyzeRunOptions
  readonly limits: AnalysisLimits
  readonly model: EngineModel
  /** PCA with as many components as the code has units, or all that there are. */
  readonly pca: EngineModel
  /** Values of one example. */
  readonly size: number
  /** Undefined for data that are no images. */
  readonly sides: readonly [height: number, width: number] | undefined
  readonly classCount: number
  readonly meanExample: Float32Array
  /** As many training examples as any part needs, in random order. */
  readonly train: LabelledFeatures
  /** All test examples of the run, in their own order. */
  readonly test: LabelledFeatures
  /** Places of the test examples in random order: whoever looks at few takes those at its front. */
  readonly testOrder: Uint32Array
  /** The model's codes of the test examples. */
  readonly testCodes: Float32Array
  /** What the model makes of them, as it comes: also outside 0…1. */
  readonly testReconstructions: Float32Array
  /** Measures what does not depend on the model, or takes it from a run of the same examples; `dependsOn` names what else it depends on. */
  share<Value>(name: string, dependsOn: Readonly<Record<string, unknown>>, measure: () => Promise<Value>): Promise<Value>
  dispose(): Promise<void>
}

/** Puts the model and PCA on the engine, and the examples beside them. */
export async function createAnalysisContext(options: AnalyzeRunOptions): Promise<AnalysisContext> {
  const { config, dataset, engine, parameters, principalComponents, shared = measuredAnew } = options
  const { trainCount, testCount } = config.data
  const { exampleShape } = dataset
  const limits = { ...defaultLimits, ...options.limits }
  const model = new EngineModel(engine, { config: config.architecture, exampleShape, parameters })
  // Of examples that are all the same there is none: a unit that stays at 0 leaves their mean.
  const components = Math.max(1, Math.min(model.latentDimension, principalComponents.rank))
  const pca = new EngineModel(engine, toLinearModel(principalComponents, components, exampleShape))
  const dispose = async () => {
    await model.dispose()
    await pca.dispose()
  }
  try {
    const test = takeExamples(dataset.test, testCount ?? dataset.test.count)
    const trainOrder = randomOrder({ dataset: dataset.id, split: 'train', count: trainCount ?? dataset.train.count })
    const most = Math.max(limits.linearProbeTrain, limits.compressionTrain, limits.training, limits.wienerFilter)
    const testCodes = await model.encode(test.features)
    return {
      options,
      limits,
      model,
      pca,
      size: model.exampleSize,
      sides: imageSides(exampleShape),
      classCount: datasetCatalog[dataset.id].classCount,
      meanExample: Float32Array.from(principalComponents.mean),
      train: gatherRows(dataset.train, trainOrder.subarray(0, most)),
      test,
      testOrder: randomOrder({ dataset: dataset.id, split: 'test', count: test.labels.length }),
      testCodes,
      testReconstructions: await model.decode(testCodes),
      share: (name, dependsOn, measure) => shared.take(sharedKey(name, { trainCount, testCount, limits, ...dependsOn }), measure),
      dispose,
    }
  } catch (error) {
    await dispose()
    throw error
  }
}

/** Copies test examples drawn at random, always the same first ones. */
export function sampleTest({ test, testOrder, size }: AnalysisContext, count: number): LabelledFeatures {
  const places = testOrder.subarray(0, count)
  return { features: pickRows(test.features, size, places), labels: Uint8Array.from(places, (place) => test.labels[place] ?? 0) }
}
