import { datasetIds } from '@hourglass/datasets'
import { z } from 'zod'
import { crossFieldRules } from './crossFieldRules.js'

/** What a form and a document need to know of a field besides its type. */
declare module 'zod' {
  interface GlobalMeta {
    /** Short label in sentence case. */
    title?: string
    /** One sentence that tells what the setting does. */
    description?: string
    /** Physical unit or counted thing, for example `images`. */
    unit?: string
    /** Whether a slider or an axis of this number is logarithmic. */
    scale?: 'linear' | 'log'
    /** Where the allowed values come from when they are not fixed in the schema. */
    options?: 'datasets'
    /** What of a machine decides which of the values can be chosen on it. */
    availability?: 'engines'
    /** Fields that most users leave as they are. */
    advanced?: boolean
  }
}

export const activations = ['linear', 'relu', 'sigmoid', 'tanh'] as const
export type Activation = (typeof activations)[number]

export const losses = ['meanSquaredError', 'binaryCrossEntropy'] as const
export type LossName = (typeof losses)[number]

export const engines = ['onnx', 'tensorflow', 'cpu'] as const
export type EngineName = (typeof engines)[number]
/** Engines that do not come with the installation. */
export const optionalEngines: readonly EngineName[] = ['tensorflow']

/** Largest code and layer width; wider dense layers do not fit a laptop's memory with their optimizer state. */
export const MAXIMUM_WIDTH = 4096
export const MAXIMUM_HIDDEN_LAYERS = 8

const activation = (title: string, description: string) => z.enum(activations).meta({ title, description })

const positive = (maximum: number) => z.number().gt(0).max(maximum)

const initializer = z
  .discriminatedUnion('kind', [
    z
      .strictObject({ kind: z.literal('glorotUniform') })
      .meta({ title: 'Glorot uniform', description: 'Uniform in ±√(6 / (fan in + fan out)); keeps variance even across layers.' }),
    z
      .strictObject({ kind: z.literal('heNormal') })
      .meta({ title: 'He normal', description: 'Normal with standard deviation √(2 / fan in); made for ReLU layers.' }),
    z
      .strictObject({
        kind: z.literal('uniform'),
        limit: positive(10)
          .default(0.01)
          .meta({ title: 'Limit', description: 'Weights start uniform in ±limit. The chapter uses 0.01.', scale: 'log' }),
      })
      .meta({ title: 'Uniform', description: 'Uniform in a fixed range, as in the chapter.' }),
    z
      .strictObject({
        kind: z.literal('normal'),
        standardDeviation: positive(10)
          .default(0.05)
          .meta({ title: 'Standard deviation', description: 'Weights start normal around zero with this spread.', scale: 'log' }),
      })
      .meta({ title: 'Normal', description: 'Normal around zero with a fixed spread.' }),
  ])
  .default({ kind: 'glorotUniform' })
  .meta({ title: 'Initial weights', description: 'How the weights start. Biases start at zero.', advanced: true })

const denseArchitecture = z
  .strictObject({
    kind: z.literal('dense'),
    latentDimension: z
      .int()
      .min(1)
      .max(MAXIMUM_WIDTH)
      .default(32)
      .meta({ title: 'Code size', description: 'Number of units in the code z. Smaller codes keep less of each image.', scale: 'log' }),
    hiddenWidths: z.array(z.int().min(1).max(MAXIMUM_WIDTH)).max(MAXIMUM_HIDDEN_LAYERS).default([]).meta({
      title: 'Hidden widths',
      description: 'Widths of the encoder’s hidden layers, from input to code; the decoder mirrors them. Empty: input, code, output only.',
    }),
    hiddenActivation: activation('Hidden activation', 'Nonlinearity of the hidden layers.').default('relu'),
    codeActivation: activation('Code activation', 'Nonlinearity of the code layer; linear in the chapter.').default('linear').meta({
      title: 'Code activation',
      description: 'Nonlinearity of the code layer; linear in the chapter.',
      advanced: true,
    }),
    outputActivation: activation('Output activation', 'Nonlinearity of the reconstruction.').default('sigmoid').meta({
      title: 'Output activation',
      description: 'Nonlinearity of the reconstruction. Sigmoid keeps pixels in 0…1; linear makes the autoencoder comparable with PCA.',
      advanced: true,
    }),
    initializer,
  })
  .meta({ title: 'Dense', description: 'Fully connected encoder and decoder.' })

export const architecture = z
  .discriminatedUnion('kind', [denseArchitecture])
  .prefault({ kind: 'dense' })
  .meta({ title: 'Architecture', description: 'The shape of the encoder and the decoder.' })

const learningRate = (value: number) =>
  positive(10)
    .default(value)
    .meta({ title: 'Learning rate', description: 'Size of each update. Too high diverges, too low crawls.', scale: 'log' })

const fraction = z.number().min(0).lt(1)

const epsilon = (value: number) =>
  positive(1)
    .default(value)
    .meta({ title: 'Epsilon', description: 'Keeps the division by the gradient’s scale finite.', scale: 'log', advanced: true })

export const optimizer = z
  .discriminatedUnion('kind', [
    z
      .strictObject({
        kind: z.literal('adam'),
        learningRate: learningRate(0.001),
        beta1: fraction.default(0.9).meta({ title: 'Beta 1', description: 'Decay of the gradient’s running mean.', advanced: true }),
        beta2: fraction
          .default(0.999)
          .meta({ title: 'Beta 2', description: 'Decay of the squared gradient’s running mean.', advanced: true }),
        epsilon: epsilon(1e-7),
      })
      .meta({ title: 'Adam', description: 'Adaptive steps from running moments (Kingma & Ba 2015). A good default.' }),
    z
      .strictObject({
        kind: z.literal('sgd'),
        learningRate: learningRate(0.1),
        momentum: fraction.default(0).meta({ title: 'Momentum', description: 'Share of the last update that is kept; 0 is plain SGD.' }),
      })
      .meta({ title: 'SGD', description: 'Stochastic gradient descent, with or without momentum.' }),
    z
      .strictObject({
        kind: z.literal('rmsprop'),
        learningRate: learningRate(0.001),
        decay: fraction.default(0.9).meta({ title: 'Decay', description: 'Decay of the squared gradient’s running mean.', advanced: true }),
        momentum: fraction.default(0).meta({ title: 'Momentum', description: 'Share of the last update that is kept.', advanced: true }),
        epsilon: epsilon(1e-7),
      })
      .meta({ title: 'RMSProp', description: 'Steps scaled by a running mean of squared gradients (Hinton 2012).' }),
  ])
  .prefault({ kind: 'adam' })
  .meta({ title: 'Optimizer', description: 'How gradients become updates.' })

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
    }),
    testCount: z.int().min(1).nullable().default(null).meta({
      title: 'Test examples',
      description: 'Evaluate on only the first so many test examples; empty uses all of them.',
      unit: 'examples',
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
  })
  .prefault({})
  .meta({ title: 'Training', description: 'How long and how to train.' })

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
    optimizer,
    training,
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
export type InitializerConfig = ArchitectureConfig['initializer']
