import { z } from 'zod'
import { positive } from '../fields.js'

const weight = (value: number) =>
  positive(1e6).default(value).meta({
    title: 'Weight',
    alias: 'lambda',
    description: 'How much the penalty counts against the reconstruction error, summed over pixels.',
    scale: 'log',
  })

/** What the objective adds to the reconstruction error. */
export const regularizer = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('none') }).meta({ title: 'None', description: 'The reconstruction error alone.' }),
    z
      .strictObject({ kind: z.literal('l1'), weight: weight(0.1) })
      .meta({ title: 'Sparse (L1)', description: 'Penalizes the sum of the code’s absolute values, so that most units stay near 0.' }),
    z
      .strictObject({
        kind: z.literal('klSparsity'),
        weight: weight(1),
        target: z
          .number()
          .gt(0)
          .lt(1)
          .default(0.05)
          .meta({ title: 'Target activation', description: 'Mean activation that every code unit is drawn to.', scale: 'log' }),
      })
      .meta({
        title: 'Sparse (KL)',
        description: 'Penalizes the divergence of each code unit’s mean activation over a batch from a target; wants sigmoid codes.',
      }),
    z.strictObject({ kind: z.literal('contractive'), weight: weight(0.1) }).meta({
      title: 'Contractive',
      description: 'Penalizes the squared Frobenius norm of the encoder’s Jacobian, computed exactly (Rifai et al. 2011).',
    }),
  ])
  .default({ kind: 'none' })
  .meta({ title: 'Regularizer', description: 'What keeps the code from merely copying the input.' })
