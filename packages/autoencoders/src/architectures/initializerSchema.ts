import { z } from 'zod'
import { positive } from '../fields.js'

export const initializer = z
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
