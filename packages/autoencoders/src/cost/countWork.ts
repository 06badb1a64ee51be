import { architectureRowOf } from '../architectures/architectureRowOf.js'
import { encoderRowOf } from '../architectures/encoderRows.js'
import { jacobianWidths, latentDimensionOf } from '../architectures/layouts.js'
import { isNone } from '../config/isNone.js'
import { isMiniBatch, optimizerRowOf } from '../config/optimizerRowOf.js'
import type { WorkedModel } from '../config/optimizers/OptimizerRow.js'
import { penaltyFactsOf } from '../config/penaltyFactsOf.js'
import type { RunConfig } from '../config/RunConfig.js'
import { sizeOfShape } from '../tensors/NamedTensors.js'
import { trainingCodeCount } from '../training/encodeTraining.js'
import { FULL_BATCH_CHUNK } from '../training/FullBatchTrainer.js'
import type { DatasetSizes } from './DatasetSizes.js'
import { type RunNeeds, runNeeds } from './runNeeds.js'
import type { StageSeconds } from './StageSeconds.js'

/** The work of a run by stage: seconds of one machine, the measure by which runs are compared. What they take elsewhere is in proportion. */
export interface CountedWork extends StageSeconds<number> {
  /** The steps of an epoch, without what follows them. */
  readonly steps: number
}

/** Seconds on two cores of 2.5 GHz with AVX2, of the engine `onnx`. */
const typical = {
  process: 0.9,
  /** For each byte of the examples, unpacked. */
  loadedByte: 8e-9,
  /** For each layer's functions. */
  compiledLayer: 0.09,
  step: 1.5e-4,
  multiplication: 0.03e-9,
  /** Of a parameter in each step: its gradient, its moments and itself. */
  updatedParameter: 1.2e-9,
  /** Random numbers that corrupt inputs or sample codes. */
  drawnValue: 2.5e-9,
  /** Values that JavaScript goes through one by one. */
  scriptedValue: 5e-9,
  /** An epoch's files and its rows in the store. */
  epoch: 0.02,
  writtenByte: 5e-9,
  measuring: 0.6,
} as const

/** A step multiplies forward, and twice backward; evaluating goes forward alone. */
const STEP_PASSES = 3

/** Counts the work of a run from its configuration, without tracing or running anything. It never changes, so that runs can be weighed by it. */
export function countWork(config: RunConfig, sizes: DatasetSizes): CountedWork {
  const { architecture, optimizer, training } = config
  const needs = runNeeds(config, sizes)
  const { trainCount, evaluatedCount, parameters } = needs
  const size = sizeOfShape(sizes.exampleShape)
  const latentDimension = latentDimensionOf(architecture, sizes.exampleShape)
  const example = STEP_PASSES * needs.multiplicationsPerExample + jacobianMultiplications(config, sizes)
  const { activationSeconds } = architectureRowOf(architecture)
  const step =
    example * typical.multiplication +
    2 * needs.activationsPerExample * activationSeconds +
    drawnValues(config, { size, latentDimension }) * typical.drawnValue
  const batches = Math.ceil(trainCount / (isMiniBatch(optimizer) ? training.batchSize : FULL_BATCH_CHUNK))
  const pass = trainCount * step + batches * (typical.step + parameters * typical.updatedParameter)
  const steps = stepsOf(config, { pass, parameters, size })
  const evaluated = needs.multiplicationsPerExample * typical.multiplication + needs.activationsPerExample * activationSeconds
  const coded = trainingCodeCount(trainCount, latentDimension)
  const written = 2 * needs.checkpointBytes + needs.optimizerState * 4 + needs.codesBytes + needs.reconstructionsBytes
  const epoch =
    steps +
    (evaluatedCount + coded) * evaluated +
    evaluatedCount * latentDimension * typical.scriptedValue +
    typical.epoch +
    written * typical.writtenByte
  const layers = needs.tensors / 2
  return {
    starting: typical.process + (sizes.trainCount + sizes.testCount) * size * typical.loadedByte,
    pretraining: training.pretraining.kind === 'stacked' ? training.pretraining.epochs * pass + layers * typical.compiledLayer : 0,
    firstEpoch: layers * typical.compiledLayer + epoch,
    epoch,
    steps,
    measuring: typical.measuring + measuringOf(config, { needs, sizes, evaluated, step, latentDimension }),
  }
}

interface EpochParts extends WorkedModel {
  /** Seconds of one gradient of all training examples. */
  readonly pass: number
}

function stepsOf({ optimizer }: RunConfig, { pass, ...model }: EpochParts): number {
  const { times, passes, scriptedValues } = optimizerRowOf(optimizer).epochWork(optimizer, model)
  return times * (passes * pass + scriptedValues * typical.scriptedValue)
}

/** Multiplications that the Jacobian of the encoder takes, forward and backward, where it is regularized: see squaredJacobianNorms. */
function jacobianMultiplications({ architecture, regularizer }: RunConfig, { exampleShape }: DatasetSizes): number {
  if (!penaltyFactsOf(regularizer)?.usesJacobian) return 0
  const products = jacobianWidths(architecture, exampleShape)?.map((width, index, widths) => width * (widths[index - 1] ?? width)) ?? []
  return STEP_PASSES * latentDimensionOf(architecture, exampleShape) * products.reduce((sum, product) => sum + product, 0)
}

function drawnValues(
  { corruption, architecture }: RunConfig,
  { size, latentDimension }: { size: number; latentDimension: number },
): number {
  return (isNone(corruption) ? 0 : size) + (encoderRowOf(architecture.encoder).givesDistribution ? latentDimension : 0)
}

interface MeasuredModel {
  readonly needs: RunNeeds
  readonly sizes: DatasetSizes
  /** Seconds of encoding and decoding one example. */
  readonly evaluated: number
  /** Seconds of one example's share of a training step. */
  readonly step: number
  readonly latentDimension: number
}

/**
 * Values that JavaScript goes through for each pixel of an image (similarity, JPEG's pictures), for each more where images are corrupted, for each unit of the
 * code (its own probes, entropy coding), and for each unit whose codes are clustered.
 */
const scripted = { pixel: 430_000, corruptedPixel: 360_000, unit: 1_300_000, clusteredUnit: 12_000_000 } as const
/** Of longer codes fewer examples are measured, or clustered from fewer starts. */
const LONGEST_CODE = 1000
const LONGEST_CLUSTERED_CODE = 16
/** How often images are encoded and decoded besides the test images once, most of it to fill in missing halves. */
const IMAGE_PASSES = 16_000
const VARIATIONAL_PASSES = 150_000

/** Of the parts of an analysis that are the run's own (sharedWork has the others), the classifiers of few labels included. */
function measuringOf(config: RunConfig, { needs, sizes, evaluated, step, latentDimension }: MeasuredModel): number {
  const { architecture, corruption, evaluation } = config
  const isCorrupted = !isNone(corruption)
  const passes = needs.testCount * (isCorrupted ? 2 : 1)
  // One of the two classifiers starts from random weights; each goes through the encoder alone, half a step.
  const classifiers = evaluation.labels === null ? 0 : evaluation.labels * evaluation.fineTuningEpochs * step
  if (sizes.exampleShape.length === 1) return passes * evaluated + classifiers
  const values =
    sizeOfShape(sizes.exampleShape) * (scripted.pixel + (isCorrupted ? scripted.corruptedPixel : 0)) +
    Math.min(LONGEST_CODE, latentDimension) * scripted.unit +
    Math.min(LONGEST_CLUSTERED_CODE, latentDimension) * scripted.clusteredUnit
  const imagePasses = IMAGE_PASSES + (encoderRowOf(architecture.encoder).givesDistribution ? VARIATIONAL_PASSES : 0)
  return (passes + imagePasses) * evaluated + values * typical.scriptedValue + classifiers
}
