import type { Dataset } from '@hourglass/datasets'
import type { EngineName } from '../config/engineCatalog.js'
import type { CorruptionConfig } from '../config/RunConfig.js'
import { createEngine } from '../engines/createEngine.js'
import { EngineModel } from '../inference/EngineModel.js'
import { imageSides } from '../measurements/measurementRules.js'
import { clipToUnit } from '../metrics/clipToUnit.js'
import { meanSquaredError } from '../metrics/meanSquaredError.js'
import type { PrincipalComponents } from '../pca/PrincipalComponents.js'
import { toLinearModel } from '../pca/toLinearModel.js'
import { corruptInOrder } from './corruptExamples.js'
import { takeExamples } from './takeExamples.js'

/** What a model is compared with PCA as: as many numbers for each example, and what it sees of them. */
export interface PcaRequest {
  /** Units of the model's code. */
  readonly codeSize: number
  /** How the examples that both see are corrupted. */
  readonly corruption: CorruptionConfig
}

export interface PcaError {
  /** As many as the code has units, or all that there are. */
  readonly components: number
  /** Whether there are no more components. */
  readonly isWhole: boolean
  /** Against the clean test examples, clipped to 0…1 for images as a model's is. */
  readonly meanSquaredError: number
}

export interface MeasurePcaOptions {
  readonly dataset: Dataset
  /** Fitted to clean training examples. */
  readonly principalComponents: PrincipalComponents
  readonly requests: readonly PcaRequest[]
  /** Threads that one matrix product may use. @default as many as the engine sees fit */
  readonly threads?: number | undefined
  /** @default 'onnx' */
  readonly engine?: EngineName | undefined
}

/** Measures what PCA makes of the test examples as models see them, corrupted with the same noise: an error for each request. */
export async function measurePca(options: MeasurePcaOptions): Promise<PcaError[]> {
  const { dataset, principalComponents, requests, threads, engine: name = 'onnx' } = options
  const { exampleShape } = dataset
  const engine = await createEngine(name, { threads })
  const { features: originals } = takeExamples(dataset.test, dataset.test.count)
  const seenBy = new Map<string, Float32Array>()
  const errors: PcaError[] = []
  for (const { codeSize, corruption } of requests) {
    const key = JSON.stringify(corruption)
    const seen = seenBy.get(key) ?? corruptInOrder(originals, corruption, principalComponents.size)
    seenBy.set(key, seen)
    const components = Math.min(codeSize, principalComponents.rank)
    const model = new EngineModel(engine, toLinearModel(principalComponents, Math.max(1, components), exampleShape))
    try {
      const reconstructions = await model.decode(await model.encode(seen))
      const shown = imageSides(exampleShape) ? clipToUnit(reconstructions) : reconstructions
      errors.push({ components, isWhole: components === principalComponents.rank, meanSquaredError: meanSquaredError(originals, shown) })
    } finally {
      await model.dispose()
    }
  }
  return errors
}
