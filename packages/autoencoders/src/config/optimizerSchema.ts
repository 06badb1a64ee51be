import { z } from 'zod'
import { fraction, positive } from '../fields.js'

const learningRate = (value: number) =>
  positive(10)
    .default(value)
    .meta({ title: 'Learning rate', alias: 'lr', description: 'Size of each update. Too high diverges, too low crawls.', scale: 'log' })

const epsilon = (value: number) =>
  positive(1)
    .default(value)
    .meta({ title: 'Epsilon', description: 'Keeps the division by the gradient’s scale finite.', scale: 'log', advanced: true })

const schedule = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('constant') }).meta({ title: 'Constant', description: 'The same learning rate in every step.' }),
    z
      .strictObject({
        kind: z.literal('step'),
        every: z.int().min(1).max(10_000).default(10).meta({
          title: 'Every',
          description: 'Epochs after which the learning rate falls, again and again.',
          unit: 'epochs',
        }),
        factor: positive(1).default(0.5).meta({ title: 'Factor', description: 'What it is multiplied by each time.', scale: 'log' }),
      })
      .meta({ title: 'Step', description: 'Falls by a factor every few epochs.' }),
    z
      .strictObject({
        kind: z.literal('cosine'),
        final: z.number().min(0).max(1).default(0).meta({
          title: 'Final share',
          description: 'Share of the learning rate that is left in the last step.',
        }),
      })
      .meta({ title: 'Cosine', description: 'Falls along half a cosine from the first step to the last (Loshchilov & Hutter 2017).' }),
  ])
  .default({ kind: 'constant' })
  .meta({ title: 'Schedule', description: 'How the learning rate changes while training goes on.', advanced: true })

/** What every optimizer has that moves after every batch. */
const pacing = {
  schedule,
  warmupEpochs: z.int().min(0).max(1000).default(0).meta({
    title: 'Warm-up',
    description: 'Epochs in which the learning rate rises from nothing, in equal steps; the schedule begins after them.',
    unit: 'epochs',
    advanced: true,
  }),
  clipNorm: positive(1e6).nullable().default(null).meta({
    title: 'Gradient clipping',
    description: 'Largest norm of the gradient by all parameters together; a longer one is shortened to it.',
    whenEmpty: 'none',
    scale: 'log',
    advanced: true,
  }),
}

const moments = {
  beta1: fraction.default(0.9).meta({ title: 'Beta 1', description: 'Decay of the gradient’s running mean.', advanced: true }),
  beta2: fraction.default(0.999).meta({ title: 'Beta 2', description: 'Decay of the squared gradient’s running mean.', advanced: true }),
  epsilon: epsilon(1e-7),
}

export const optimizer = z
  .discriminatedUnion('kind', [
    z
      .strictObject({ kind: z.literal('adam'), learningRate: learningRate(0.001), ...moments, ...pacing })
      .meta({ title: 'Adam', description: 'Adaptive steps from running moments (Kingma & Ba 2015). A good default.' }),
    z
      .strictObject({
        kind: z.literal('adamw'),
        learningRate: learningRate(0.001),
        weightDecay: z.number().min(0).max(10).default(0.01).meta({
          title: 'Weight decay',
          description: 'Share of each weight, times the learning rate, that every step takes away; biases are left alone.',
          scale: 'log',
        }),
        ...moments,
        ...pacing,
      })
      .meta({ title: 'AdamW', description: 'Adam with weights that decay apart from the gradient (Loshchilov & Hutter 2019).' }),
    z
      .strictObject({
        kind: z.literal('sgd'),
        learningRate: learningRate(0.1),
        momentum: fraction.default(0).meta({ title: 'Momentum', description: 'Share of the last update that is kept; 0 is plain SGD.' }),
        ...pacing,
      })
      .meta({ title: 'SGD', description: 'Stochastic gradient descent, with or without momentum.' }),
    z
      .strictObject({
        kind: z.literal('rmsprop'),
        learningRate: learningRate(0.001),
        decay: fraction.default(0.9).meta({ title: 'Decay', description: 'Decay of the squared gradient’s running mean.', advanced: true }),
        momentum: fraction.default(0).meta({ title: 'Momentum', description: 'Share of the last update that is kept.', advanced: true }),
        epsilon: epsilon(1e-7),
        ...pacing,
      })
      .meta({ title: 'RMSProp', description: 'Steps scaled by a running mean of squared gradients (Hinton 2012).' }),
    z
      .strictObject({
        kind: z.literal('lbfgs'),
        historySize: z.int().min(1).max(50).default(10).meta({
          title: 'History',
          description: 'Past steps from which the curvature is estimated.',
          unit: 'steps',
          advanced: true,
        }),
        iterationsPerEpoch: z.int().min(1).max(1000).default(10).meta({
          title: 'Iterations an epoch',
          description: 'Steps between two evaluations. Each looks at all training examples, once or a few times.',
        }),
      })
      .meta({
        title: 'L-BFGS',
        description: 'Second-order steps from the gradient over all examples (Liu & Nocedal 1989). Needs an objective without randomness.',
      }),
    z.strictObject({ kind: z.literal('closedForm') }).meta({
      title: 'Closed form',
      description: 'Principal components: the optimum of a linear autoencoder, solved for instead of searched (Eckart & Young 1936).',
    }),
  ])
  .prefault({ kind: 'adam' })
  .meta({ title: 'Optimizer', description: 'How gradients become updates.' })

type OptimizerKind = z.output<typeof optimizer>['kind']

/** Which optimizers move after every batch; the others look at all examples for each step. */
export const movesByBatch = {
  adam: true,
  adamw: true,
  sgd: true,
  rmsprop: true,
  lbfgs: false,
  closedForm: false,
} as const satisfies Readonly<Record<OptimizerKind, boolean>>

export type BatchwiseKind = { [Kind in OptimizerKind]: (typeof movesByBatch)[Kind] extends true ? Kind : never }[OptimizerKind]
