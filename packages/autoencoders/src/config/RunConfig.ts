import { datasetIds } from '@hourglass/datasets'
import { z } from 'zod'
import { architecture } from './architectureSchema.js'
import { corruption } from './corruptionSchema.js'
import { crossFieldRules } from './crossFieldRules.js'
import './fields.js'
import { optimizer } from './optimizerSchema.js'
import { pretraining } from './pretrainingSchema.js'
import { regularizer } from './regularizerSchema.js'

export {
  type Activation,
  activations,
  MAXIMUM_CONVOLUTIONS,
  MAXIMUM_FILTERS,
  MAXIMUM_HIDDEN_LAYERS,
  MAXIMUM_WIDTH,
  upsamplings,
} from './architectureSchema.js'

export const losses = ['meanSquaredError', 'binaryCrossEntropy'] as const
export type LossName = (typeof losses)[number]

export const engines = ['onnx', 'tensorflow', 'cpu'] as const
export type EngineName = (typeof engines)[number]
/** Engines that do not come with the installation. */
export const optionalEngines: readonly EngineName[] = ['tensorflow']

const data = z
  .strictObject({
    dataset: z
      .enum(datasetIds)
      .default('mnist')
      .meta({ title: 'Dataset', description: 'What the autoencoder learns to reconstruct.', options: 'datasets' }),
    trainCount: z.int().min(1).nullable().default(null).meta({
      title: 'Training examples',
      description: 'Use only the first so many training examples; empty uses all of them.',
      unit: 'examples',
      whenEmpty: 'all',
    }),
    testCount: z.int().min(1).nullable().default(null).meta({
      title: 'Test examples',
      description: 'Evaluate on only the first so many test examples; empty uses all of them.',
      unit: 'examples',
      whenEmpty: 'all',
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
      .meta({ title: 'Epochs', description: 'Passes over the training examples.', unit: 'epochs' }),
    batchSize: z.int().min(1).max(8192).default(128).meta({
      title: 'Batch size',
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
    engine: z.enum(engines).default('onnx').meta({
      title: 'Engine',
      description: 'What computes. ONNX Runtime is the fast one; TensorFlow and plain JavaScript compute the same, slower, as a check.',
      availability: 'engines',
      advanced: true,
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
  })
  .prefault({})
  .meta({ title: 'Evaluation', description: 'What is measured once training is over.', advanced: true })

/**
 * Describes everything that determines a run: the same configuration on the same machine gives the same losses to the last bit.
 * The server validates with it, the GraphQL inputs and the launch form are generated from it.
 */
export const runConfigSchema = z
  .strictObject({
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
  .check((context) => {
    // zod goes on to object checks after a number is out of range; a relation of invalid values says nothing.
    if (context.issues.length > 0) return
    for (const { relates, violationIn } of crossFieldRules) {
      const violation = violationIn(context.value)
      if (!violation) continue
      const { path, expected, received } = violation
      const message = `${path.join('.')}: expected ${expected}, got ${received}`
      context.issues.push({ code: 'custom', input: context.value, path: [...path], message, params: { expected, received, relates } })
    }
  })
  .meta({ title: 'Configuration', description: 'Everything that determines a run.' })

export type RunConfig = z.output<typeof runConfigSchema>
export type RunConfigInput = z.input<typeof runConfigSchema>
export type ArchitectureConfig = RunConfig['architecture']
export type OptimizerConfig = RunConfig['optimizer']
export type LbfgsConfig = Extract<OptimizerConfig, { kind: 'lbfgs' }>
/** Optimizers that move after every batch, by a learning rate. */
export type MiniBatchOptimizerConfig = Exclude<OptimizerConfig, LbfgsConfig | { kind: 'closedForm' }>
export type CorruptionConfig = RunConfig['corruption']
export type RegularizerConfig = RunConfig['regularizer']
export type EncoderConfig = ArchitectureConfig['encoder']
export type InitializerConfig = ArchitectureConfig['initializer']
