import { datasetCatalog } from '@hourglass/datasets'
import { EngineModel } from '../inference/EngineModel.js'
import { imageSides } from '../measurements/measurementRules.js'
import type { LabelledFeatures } from '../metrics/linearProbe.js'
import { toLinearModel } from '../pca/toLinearModel.js'
import { type AnalysisLimits, defaultLimits } from './AnalysisLimits.js'
import type { AnalyzeRunOptions } from './AnalyzeRunOptions.js'
import { takeExamples } from './takeExamples.js'

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
  /** As many of the first training examples as any part needs. */
  readonly train: LabelledFeatures
  /** All test examples of the run. */
  readonly test: LabelledFeatures
  /** The model's codes of them. */
  readonly testCodes: Float32Array
  /** What the model makes of them, as it comes: also outside 0…1. */
  readonly testReconstructions: Float32Array
  dispose(): Promise<void>
}

/** Puts the model and PCA on the engine, and the examples beside them. */
export async function createAnalysisContext(options: AnalyzeRunOptions): Promise<AnalysisContext> {
  const { config, dataset, engine, parameters, principalComponents } = options
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
      train: takeExamples(
        dataset.train,
        Math.min(
          trainCount ?? dataset.train.count,
          Math.max(limits.linearProbeTrain, limits.compressionTrain, limits.training, limits.wienerFilter),
        ),
      ),
      test,
      testCodes,
      testReconstructions: await model.decode(testCodes),
      dispose,
    }
  } catch (error) {
    await dispose()
    throw error
  }
}
