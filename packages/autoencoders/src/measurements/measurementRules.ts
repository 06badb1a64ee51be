import { hasBoundedOutput } from '../architectures/outputRange.js'
import { lossRows } from '../config/lossRows.js'
import type { RunConfig } from '../config/RunConfig.js'
import { activeUnitShare } from '../metrics/activeUnits.js'
import { bitsPerPixel } from '../metrics/bitsPerPixel.js'
import { meanOf } from '../metrics/meanOf.js'
import { decibelsOf, peakSignalToNoiseRatio } from '../metrics/peakSignalToNoiseRatio.js'
import type { SquaredErrors } from '../metrics/squaredErrors.js'
import { structuralSimilarity } from '../metrics/structuralSimilarity.js'
import type { IterationTaken } from '../optimizers/IterationTaken.js'
import { sizeOfShape } from '../tensors/NamedTensors.js'
import { pickRows } from '../tensors/pickRows.js'
import type { Evaluation } from './Evaluation.js'
import type { MetricId, TrainedValueId } from './measurementCatalog.js'

/** An example beside its reconstruction. */
export interface ExampleResults {
  readonly original: Float32Array
  /** As many values, as they come: also outside 0…1. */
  readonly reconstruction: Float32Array
  /** Of the reconstruction clipped to 0…1, as images are shown. */
  readonly clippedSquaredError: number
}

/** What is measured of each example by itself, for the rules of epochs to make one number of. */
export const exampleRules = {
  peakSignalToNoiseRatio: ({ clippedSquaredError }) => decibelsOf(clippedSquaredError),
} as const satisfies Readonly<Record<string, (example: ExampleResults) => number>>

export type ExampleRuleId = keyof typeof exampleRules

/** What an epoch is measured from. */
export interface EpochResults {
  readonly config: RunConfig
  readonly exampleShape: readonly number[]
  /** Of validation examples, or of test examples where none are held out. */
  readonly evaluation: Evaluation<ExampleRuleId>
  /** Mean of the objective over the training examples. */
  readonly trainLoss: number
  /** Of an optimizer whose steps look at all examples, in their order; of others there are none. */
  readonly iterations: readonly IterationTaken[]
  readonly seconds: number
  readonly imagesPerSecond: number
}

/** How each value of an epoch is computed; null where it does not apply. */
const epochRules = {
  trainLoss: ({ trainLoss }) => trainLoss,
  validationLoss: ({ evaluation }) => evaluation.loss,
  validationMeanSquaredError: ({ evaluation, exampleShape }) =>
    imageSides(exampleShape) ? evaluation.clippedMeanSquaredError : evaluation.meanSquaredError,
  unclippedMeanSquaredError: ({ evaluation, config, exampleShape }) =>
    imageSides(exampleShape) && !hasBoundedOutput(config.architecture) ? evaluation.meanSquaredError : null,
  validationReconstructionError: ({ evaluation }) => evaluation.reconstructionError,
  peakSignalToNoiseRatio: ({ evaluation, exampleShape }) =>
    imageSides(exampleShape) ? meanOf(evaluation.ofExamples.peakSignalToNoiseRatio) : null,
  meanActivation: ({ evaluation: { codes } }) => codes.dimensions.reduce((sum, { mean }) => sum + mean, 0) / codes.dimensions.length,
  activeUnitShare: ({ evaluation: { codes } }) =>
    activeUnitShare(
      codes.dimensions.map(({ standardDeviation }) => standardDeviation ** 2),
      codes.divergences !== null,
    ),
  divergence: ({ evaluation }) => divergenceOf(evaluation),
  bitsPerPixel: ({ config, evaluation, exampleShape }) => {
    const size = sizeOfShape(exampleShape)
    const nats = evaluation.reconstructionError * size + (divergenceOf(evaluation) ?? 0)
    return lossRows[config.loss].isBernoulli ? bitsPerPixel(nats, size) : null
  },
  largestGradient: ({ iterations }) => iterations.at(-1)?.largestGradient ?? null,
  iterationsTaken: ({ iterations }) => (iterations.length === 0 ? null : iterations.filter(({ hasMoved }) => hasMoved).length),
  seconds: ({ seconds }) => seconds,
  imagesPerSecond: ({ imagesPerSecond }) => imagesPerSecond,
} as const satisfies Readonly<Record<TrainedValueId, (results: EpochResults) => number | null>>

/** What one epoch measured; every value is described in the catalog. */
export type EpochMetrics = {
  /** Counts from 1. */
  readonly epoch: number
} & { readonly [Id in TrainedValueId]: ReturnType<(typeof epochRules)[Id]> }

/** Measures an epoch. */
export function measureEpoch(epoch: number, results: EpochResults): EpochMetrics {
  const values = Object.entries(epochRules).map(([id, rule]) => [id, rule(results)])
  return { epoch, ...(Object.fromEntries(values) as Omit<EpochMetrics, 'epoch'>) }
}

/** What reconstructions are measured from. */
export interface ReconstructionResults {
  /** Undefined for data that are no images. */
  readonly sides: readonly [height: number, width: number] | undefined
  /** [n, size] */
  readonly originals: Float32Array
  /** As they come, also outside 0…1. */
  readonly reconstructions: Float32Array
  /** Of each example. */
  readonly errors: SquaredErrors
  /** Places of the images that SSIM looks at. */
  readonly similarityPlaces: Uint32Array
}

/**
 * How each metric of reconstructions is computed, of the model and of whatever it is compared with; null where it does not apply. Points have no peak, no
 * bounds and no structure.
 */
export const reconstructionRules = {
  meanSquaredError: ({ errors, sides }) => meanOf(sides ? errors.clipped : errors.unclipped),
  unclippedMeanSquaredError: ({ errors }) => meanOf(errors.unclipped),
  peakSignalToNoiseRatio: ({ errors, sides }) => (sides ? peakSignalToNoiseRatio(errors.clipped) : null),
  structuralSimilarity: ({ originals, reconstructions, sides, similarityPlaces }) => {
    if (!sides) return null
    const picked = (images: Float32Array) => pickRows(images, sides[0] * sides[1], similarityPlaces)
    return structuralSimilarity(picked(originals), picked(reconstructions), sides)
  },
} as const satisfies Readonly<Partial<Record<MetricId, (results: ReconstructionResults) => number | null>>>

/** Height and width of grey images; undefined for other data. */
export function imageSides(exampleShape: readonly number[]): readonly [height: number, width: number] | undefined {
  const [height, width] = exampleShape
  return exampleShape.length === 2 && height !== undefined && width !== undefined ? [height, width] : undefined
}

function divergenceOf({ codes: { divergences } }: EpochResults['evaluation']): number | null {
  return divergences?.reduce((sum, value) => sum + value, 0) ?? null
}
