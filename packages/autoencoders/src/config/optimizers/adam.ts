import { z } from 'zod'
import { batchwise, learningRate, pacing } from './batchwise.js'
import { moments } from './moments.js'
import { optimizerRow } from './OptimizerRow.js'

export const adam = optimizerRow({
  ...batchwise,
  schema: z
    .strictObject({ kind: z.literal('adam'), learningRate: learningRate(0.001), ...moments, ...pacing })
    .meta({ title: 'Adam', description: 'Adaptive steps from running moments (Kingma & Ba 2015). A good default.' }),
  numbersKept: () => 2,
  whyAdam: null,
})

export type AdamConfig = z.output<typeof adam.schema>
