import { z } from 'zod'
import { positive } from '../../fields.js'

/** Describes the learning rate, with its default. */
export const learningRate = (value: number) =>
  positive(10)
    .default(value)
    .meta({ title: 'Learning rate', alias: 'lr', description: 'Size of each update. Too high diverges, too low crawls.', scale: 'log' })

/** Describes what is added to a divisor, with its default. */
export const epsilon = (value: number) =>
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
export const pacing = {
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

/** Facts that are the same of every optimizer that moves after every batch. */
export const batchwise = {
  steps: 'batches',
  stepsPerEpoch: (_config: unknown, batches: number) => batches,
  epochWork: () => ({ times: 1, passes: 1, scriptedValues: 0 }),
  unused: [],
  takesPrincipalComponents: false,
  needsDeterministicObjective: false,
  startsAnew: null,
  gradientTolerance: null,
} as const
