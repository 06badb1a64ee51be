import { datasetIds, selections } from '@hourglass/datasets'
import { z } from 'zod'
import { type ArchitectureConfig, architecture } from '../architectures/architectureSchema.js'
import { corruption } from './corruptionSchema.js'
import { engines, usualEngine } from './engineCatalog.js'
import '../fields.js'
import { losses } from './lossRows.js'
import { type BatchwiseKind, optimizer } from './optimizerSchema.js'
import { pretraining } from './pretrainingSchema.js'
import { regularizer } from './regularizerSchema.js'

export { type Activation, activations } from '../architectures/Activation.js'
export type { ArchitectureConfig, InitializerConfig } from '../architectures/architectureSchema.js'
export { MAXIMUM_CONVOLUTIONS, MAXIMUM_FILTERS } from '../architectures/rows/convolutional.js'
export { MAXIMUM_HIDDEN_LAYERS } from '../architectures/rows/dense.js'
export { MAXIMUM_WIDTH } from '../architectures/rows/settings.js'

const data = z
  .strictObject({
    dataset: z
      .enum(datasetIds)
      .default('mnist')
      .meta({ title: 'Data set', description: 'What the autoencoder learns to reconstruct.', options: 'datasets' }),
    trainCount: z.int().min(1).nullable().default(null).meta({
      title: 'Training examples',
      description: 'Learn from only so many training examples; empty uses all that are not held out.',
      unit: 'examples',
      whenEmpty: 'all others',
    }),
    validationCount: z.int().min(0).nullable().default(null).meta({
      title: 'Validation examples',
      description:
        'Training examples that are held out and scored after each epoch. Empty: a twelfth of all, but no more than are learned from or tested on. 0: none; test examples are scored in their place, and no epoch is called best.',
      unit: 'examples',
      whenEmpty: 'as usual',
    }),
    testCount: z.int().min(1).nullable().default(null).meta({
      title: 'Test examples',
      description: 'Show and score only so many test examples; empty uses all of them.',
      unit: 'examples',
      whenEmpty: 'all',
      advanced: true,
    }),
    selection: z.enum(selections).default('random').meta({
      title: 'Choice of examples',
      description:
        'Which examples of a data set these are: drawn at random, the same for all runs, so that fewer are part of more; or the first of each file, as in runs of earlier versions.',
      advanced: true,
    }),
  })
  .prefault({})
  .meta({ title: 'Data', description: 'What is learned, and how much of it.' })

const training = z
  .strictObject({
    epochs: z
      .int()
      .min(1)
      .max(10_000)
      .default(20)
      .meta({ title: 'Epochs', alias: 'epochs', description: 'Passes over the training examples.', unit: 'epochs' }),
    batchSize: z.int().min(1).max(8192).default(128).meta({
      title: 'Batch size',
      alias: 'batch',
      description: 'Examples per update. Larger batches are faster per image; smaller ones update more often.',
      unit: 'examples',
      scale: 'log',
    }),
    seed: z
      .int()
      .min(0)
      .max(2 ** 31 - 1)
      .default(1)
      .meta({
        title: 'Seed',
        description: 'Fixes initial weights and the order of examples. The same seed gives the same run.',
        advanced: true,
      }),
    engine: z.enum(engines).default(usualEngine).meta({
      title: 'Engine',
      description: 'What computes. ONNX Runtime is the fast one; TensorFlow and plain JavaScript compute the same, slower, as a check.',
      availability: 'engines',
      advanced: true,
    }),
    patience: z.int().min(1).max(10_000).nullable().default(null).meta({
      title: 'Patience',
      description:
        'Training ends early once the validation loss has not fallen for so many epochs; the model of the epoch where it was lowest is then the run’s, even where all epochs were trained. Empty: never.',
      unit: 'epochs',
      whenEmpty: 'never stops early',
    }),
    pretraining,
  })
  .prefault({})
  .meta({ title: 'Training', description: 'How long and how to train.' })

const evaluation = z
  .strictObject({
    labels: z.int().min(10).max(60_000).nullable().default(null).meta({
      title: 'Labels for fine-tuning',
      description:
        'After training, a classifier on top of the encoder is trained with so many labelled examples, and once more from random weights for comparison; empty: not at all.',
      unit: 'labels',
      whenEmpty: 'none',
    }),
    fineTuningEpochs: z.int().min(1).max(1000).default(50).meta({
      title: 'Epochs of fine-tuning',
      description: 'Passes over the labelled examples.',
      unit: 'epochs',
    }),
    importanceSamples: z.int().min(1).max(5000).nullable().default(50).meta({
      title: 'Importance samples',
      description:
        'Codes that are drawn of each example of a variational autoencoder to bound its likelihood more tightly than the evidence lower bound does; empty: not at all.',
      unit: 'draws',
      whenEmpty: 'none',
    }),
  })
  .prefault({})
  .meta({ title: 'Evaluation', description: 'What is measured once training is over.', advanced: true })

/** Holds the settings of a run; {@link runConfigSchema} also judges how they go together. */
export const runConfigFields = z.strictObject({
  data,
  architecture,
  loss: z.enum(losses).default('meanSquaredError').meta({
    title: 'Loss',
    description: 'Mean squared error, or binary cross-entropy for pixels in 0…1. Both are means over pixels.',
  }),
  corruption,
  regularizer,
  optimizer,
  training,
  evaluation,
})

export type RunConfig = z.output<typeof runConfigFields>
export type RunConfigInput = z.input<typeof runConfigFields>
export type OptimizerConfig = RunConfig['optimizer']
/** Optimizers that move after every batch, by a learning rate. */
export type MiniBatchOptimizerConfig = Extract<OptimizerConfig, { kind: BatchwiseKind }>
export type CorruptionConfig = RunConfig['corruption']
export type RegularizerConfig = RunConfig['regularizer']
export type EncoderConfig = ArchitectureConfig['encoder']
