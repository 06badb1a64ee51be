import { z } from 'zod'
import { fraction } from '../../fields.js'
import { batchwise, learningRate, pacing } from './batchwise.js'
import { optimizerRow } from './OptimizerRow.js'

export const sgd = optimizerRow({
  ...batchwise,
  schema: z
    .strictObject({
      kind: z.literal('sgd'),
      learningRate: learningRate(0.1),
      momentum: fraction.default(0).meta({ title: 'Momentum', description: 'Share of the last update that is kept; 0 is plain SGD.' }),
      ...pacing,
    })
    .meta({ title: 'SGD', description: 'Stochastic gradient descent, with or without momentum.' }),
  numbersKept: ({ momentum }) => (momentum > 0 ? 1 : 0),
  whyAdam: 'Adam divides each step by the size of the gradients, so that large gradients do not make large steps.',
})

export type SgdConfig = z.output<typeof sgd.schema>
