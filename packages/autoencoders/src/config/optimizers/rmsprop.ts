import { z } from 'zod'
import { fraction } from '../../fields.js'
import { batchwise, epsilon, learningRate, pacing } from './batchwise.js'
import { optimizerRow } from './OptimizerRow.js'

export const rmsprop = optimizerRow({
  ...batchwise,
  schema: z
    .strictObject({
      kind: z.literal('rmsprop'),
      learningRate: learningRate(0.001),
      decay: fraction.default(0.9).meta({ title: 'Decay', description: 'Decay of the squared gradient’s running mean.', advanced: true }),
      momentum: fraction.default(0).meta({ title: 'Momentum', description: 'Share of the last update that is kept.', advanced: true }),
      epsilon: epsilon(1e-7),
      ...pacing,
    })
    .meta({ title: 'RMSProp', description: 'Steps scaled by a running mean of squared gradients (Hinton 2012).' }),
  numbersKept: ({ momentum }) => (momentum > 0 ? 2 : 1),
  whyAdam: null,
})

export type RmspropConfig = z.output<typeof rmsprop.schema>
