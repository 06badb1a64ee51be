import { z } from 'zod'
import { batchwise, learningRate, pacing } from './batchwise.js'
import { moments } from './moments.js'
import { optimizerRow } from './OptimizerRow.js'

export const adamw = optimizerRow({
  ...batchwise,
  schema: z
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
  numbersKept: () => 2,
  whyAdam: null,
})

export type AdamwConfig = z.output<typeof adamw.schema>
