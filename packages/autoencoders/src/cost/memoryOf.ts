import { architectureRowOf } from '../architectures/architectureRowOf.js'
import { layerRowOf } from '../architectures/layerRowOf.js'
import { jacobianWidths, latentDimensionOf, layOut } from '../architectures/layouts.js'
import { isMiniBatch } from '../config/optimizerRowOf.js'
import { penaltyFactsOf } from '../config/penaltyFactsOf.js'
import type { RunConfig } from '../config/RunConfig.js'
import { sizeOfShape } from '../tensors/NamedTensors.js'
import { EVALUATION_BATCH } from '../training/evaluate.js'
import { FULL_BATCH_CHUNK } from '../training/FullBatchTrainer.js'
import type { DatasetSizes } from './DatasetSizes.js'

/** What RunNeeds counts of a run already. */
export interface CountedRun {
  readonly sizes: DatasetSizes
  readonly trainCount: number
  readonly validationCount: number
  readonly testCount: number
  readonly parameters: number
  readonly optimizerState: number
  readonly activationsPerExample: number
}

const FLOAT_BYTES = 4

/** Fitted to the peaks (VmHWM) of workers on Linux x64 with the engine `onnx`, training and measuring; architectures say in their rows what theirs is. */
const measured = {
  /** Of a process that has loaded the libraries and trains next to nothing. */
  process: 160e6,
  /** Of measuring images: probes, clusters, compression. */
  measuring: 80e6,
  /** Examples are kept as they are stored, a byte a pixel; those that a run uses are also copied and hashed. */
  usedExamples: 2,
  /** Variables, what the engine holds, gradients, updates, the copies that are written to files. */
  parameterCopies: 8,
  stateCopies: 3,
  /** Of each value of the Jacobian that a contractive encoder is regularized by. */
  jacobian: 20,
} as const

/** Estimates the bytes of memory of the process that trains and measures a run, at their highest. */
export function memoryOf(config: RunConfig, run: CountedRun): number {
  const { architecture, optimizer, training } = config
  const { sizes, trainCount, validationCount, testCount, parameters, optimizerState, activationsPerExample } = run
  const size = sizeOfShape(sizes.exampleShape)
  const isImage = sizes.exampleShape.length > 1
  const trained = Math.min(isMiniBatch(optimizer) ? training.batchSize : FULL_BATCH_CHUNK, trainCount)
  const evaluated = Math.min(EVALUATION_BATCH, Math.max(testCount, trainCount))
  const values = activationsPerExample + enlargedValues(config, sizes)
  const held = architectureRowOf(architecture).heldValues(architecture, { values, size })
  const floats =
    measured.parameterCopies * parameters +
    measured.stateCopies * optimizerState +
    trained * held.training +
    evaluated * held.evaluation +
    (trained + evaluated) * measured.jacobian * jacobianValues(config, sizes)
  const examples = (sizes.trainCount + sizes.testCount + measured.usedExamples * (trainCount + validationCount + testCount)) * size
  return measured.process + (isImage ? measured.measuring : 0) + floats * FLOAT_BYTES + examples
}

/** Counts the values of the images that are enlarged before they are convolved, for one example: no layer gives them. */
function enlargedValues({ architecture }: RunConfig, { exampleShape }: DatasetSizes): number {
  return layOut(architecture, exampleShape).decoder.reduce((sum, layer) => sum + layerRowOf(layer).enlargedValues(layer), 0)
}

/** Counts the values of the encoder's Jacobian, layer by layer, for one example: see squaredJacobianNorms. */
function jacobianValues({ architecture, regularizer }: RunConfig, { exampleShape }: DatasetSizes): number {
  if (!penaltyFactsOf(regularizer)?.usesJacobian) return 0
  const widths = jacobianWidths(architecture, exampleShape) ?? []
  return latentDimensionOf(architecture, exampleShape) * widths.reduce((sum, width) => sum + width, 0)
}
