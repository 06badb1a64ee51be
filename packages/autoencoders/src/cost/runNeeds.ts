import { countExamples } from '@hourglass/datasets'
import { countMultiplications, describeParameters, latentDimensionOf, layerWidths } from '../architectures/layouts.js'
import { isNone } from '../config/isNone.js'
import { optimizerRowOf } from '../config/optimizerRowOf.js'
import type { RunConfig } from '../config/RunConfig.js'
import { sizeOfShape } from '../tensors/NamedTensors.js'
import { trainingCodeCount } from '../training/encodeTraining.js'
import { SNAPSHOT_CODES } from '../training/ShownExamples.js'
import type { DatasetSizes } from './DatasetSizes.js'
import { memoryOf } from './memoryOf.js'

/** What a run needs, counted from its configuration alone. */
export interface RunNeeds {
  readonly trainCount: number
  /** Held out of training; 0 where none are. */
  readonly validationCount: number
  readonly testCount: number
  /** Validation and test examples that go through the model after each epoch, to be scored or shown. */
  readonly evaluatedCount: number
  readonly parameters: number
  /** That hold the parameters: a kernel and a bias for each layer. */
  readonly tensors: number
  /** Numbers that the optimizer remembers. */
  readonly optimizerState: number
  /** Numbers that the layers give for one example; a training step keeps them, and as many gradients. */
  readonly activationsPerExample: number
  /** Of encoding and decoding one example; a training step takes about three times as many. */
  readonly multiplicationsPerExample: number
  /** Bytes of the parameters' file of each epoch. */
  readonly checkpointBytes: number
  /** Bytes of the codes' file of each epoch. */
  readonly codesBytes: number
  /** Bytes of the reconstructions' file of each epoch, about: images compress differently. */
  readonly reconstructionsBytes: number
  /** Bytes of all files of the run, the training state to resume from included; not the figures of its analysis. */
  readonly fileBytes: number
  /** Bytes of memory of the process that trains it, about. */
  readonly memoryBytes: number
}

const FLOAT_BYTES = 4
/** Of each tensor in a safetensors file: its name, shape and place. */
const HEADER_BYTES = 90
/** Examples that every epoch reconstructs. */
const SAMPLES = { images: 16, points: 500 } as const
/** Bytes of a pixel in a strip of reconstructions, as PNG compresses them. */
const PNG_BYTES = 0.7
/** Counts what a run needs without running or tracing anything. */
export function runNeeds(config: RunConfig, sizes: DatasetSizes): RunNeeds {
  const { data, architecture, optimizer, training, corruption } = config
  const { exampleShape } = sizes
  const { train: trainCount, validation: validationCount, test: testCount } = countExamples(sizes, data)
  const size = sizeOfShape(exampleShape)
  const tensors = describeParameters(architecture, exampleShape)
  const parameters = tensors.reduce((sum, { shape }) => sum + sizeOfShape(shape), 0)
  const slots = optimizerRowOf(optimizer).numbersKept(optimizer)
  const optimizerState = slots * parameters
  const latentDimension = latentDimensionOf(architecture, exampleShape)
  const activationsPerExample = layerWidths(architecture, exampleShape).reduce((sum, width) => sum + width, 0)
  const kind = exampleShape.length > 1 ? 'images' : 'points'
  const samples = Math.min(SAMPLES[kind], testCount)

  const checkpointBytes = parameters * FLOAT_BYTES + tensors.length * HEADER_BYTES
  const snapshot = Math.min(SNAPSHOT_CODES, testCount)
  const coded = snapshot + trainingCodeCount(trainCount, latentDimension)
  const codesBytes = (coded * latentDimension + snapshot) * FLOAT_BYTES + 3 * HEADER_BYTES
  const reconstructionsBytes = kind === 'images' ? samples * size * PNG_BYTES : samples * size * FLOAT_BYTES + HEADER_BYTES
  const resumeBytes = (parameters + optimizerState) * FLOAT_BYTES + tensors.length * (1 + slots) * HEADER_BYTES
  const originals = (isNone(corruption) ? 1 : 2) * reconstructionsBytes

  return {
    trainCount,
    validationCount,
    testCount,
    evaluatedCount: validationCount > 0 ? validationCount + snapshot : testCount,
    parameters,
    tensors: tensors.length,
    optimizerState,
    activationsPerExample,
    multiplicationsPerExample: countMultiplications(architecture, exampleShape),
    checkpointBytes,
    codesBytes,
    reconstructionsBytes,
    fileBytes: training.epochs * (checkpointBytes + codesBytes + reconstructionsBytes) + resumeBytes + originals,
    memoryBytes: memoryOf(config, { sizes, trainCount, validationCount, testCount, parameters, optimizerState, activationsPerExample }),
  }
}
