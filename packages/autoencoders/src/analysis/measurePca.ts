import type { Dataset, Split } from '@hourglass/datasets'
import { type EngineName, usualEngine } from '../config/engineCatalog.js'
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
  /** Likewise of the validation examples; null where none are held out. */
  readonly validationMeanSquaredError: number | null
}

export interface MeasurePcaOptions {
  readonly dataset: Dataset
  /** Fitted to clean training examples. */
  readonly principalComponents: PrincipalComponents
  readonly requests: readonly PcaRequest[]
  /** Threads that one matrix product may use. @default as many as the engine sees fit */
  readonly threads?: number | undefined
  /** @default {@link usualEngine} */
  readonly engine?: EngineName | undefined
}

/** Measures what PCA makes of the test and of the validation examples as models see them, corrupted with the same noise: errors for each request. */
export async function measurePca(options: MeasurePcaOptions): Promise<PcaError[]> {
  const { dataset, principalComponents, requests, threads, engine: name = usualEngine } = options
  const { exampleShape } = dataset
  const engine = await createEngine(name, { threads })
  const splits = { test: examplesSeen(dataset.test), validation: dataset.validation && examplesSeen(dataset.validation) }
  const errors: PcaError[] = []
  for (const { codeSize, corruption } of requests) {
    const components = Math.min(codeSize, principalComponents.rank)
    const model = new EngineModel(engine, toLinearModel(principalComponents, Math.max(1, components), exampleShape))
    const errorOn = async ({ originals, seenWith }: ExamplesSeen) => {
      const reconstructions = await model.decode(await model.encode(seenWith(corruption, principalComponents.size)))
      return meanSquaredError(originals, imageSides(exampleShape) ? clipToUnit(reconstructions) : reconstructions)
    }
    try {
      errors.push({
        components,
        isWhole: components === principalComponents.rank,
        meanSquaredError: await errorOn(splits.test),
        validationMeanSquaredError: splits.validation && (await errorOn(splits.validation)),
      })
    } finally {
      await model.dispose()
    }
  }
  return errors
}

interface ExamplesSeen {
  /** [n, size] */
  readonly originals: Float32Array
  /** What models see of them. */
  readonly seenWith: (corruption: CorruptionConfig, size: number) => Float32Array
}

/** Takes the examples of a split, and corrupts them once in each way that is asked for. */
function examplesSeen(split: Split): ExamplesSeen {
  const { features: originals } = takeExamples(split, split.count)
  const known = new Map<string, Float32Array>()
  return {
    originals,
    seenWith: (corruption, size) => {
      const key = JSON.stringify(corruption)
      const seen = known.get(key) ?? corruptInOrder(originals, { corruption, size })
      known.set(key, seen)
      return seen
    },
  }
}
