import { z } from 'zod'
import { positive } from '../fields.js'

const probability = (description: string) => z.number().gt(0).max(1).default(0.5).meta({ title: 'Probability', description })

/** How the inputs of a denoising autoencoder are spoiled; the targets stay clean. */
export const corruption = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('none') }).meta({ title: 'None', description: 'The autoencoder sees its inputs as they are.' }),
    z
      .strictObject({ kind: z.literal('masking'), probability: probability('Share of the values that become 0.') })
      .meta({ title: 'Zeroing', description: 'A random subset of the values becomes 0.' }),
    z
      .strictObject({
        kind: z.literal('gaussian'),
        standardDeviation: positive(10)
          .default(0.3)
          .meta({ title: 'Standard deviation', description: 'Spread of the noise; pixels go from 0 to 1.', scale: 'log' }),
      })
      .meta({ title: 'Gaussian', description: 'Normal noise is added to every value.' }),
    z
      .strictObject({
        kind: z.literal('uniform'),
        amplitude: positive(10).default(0.5).meta({
          title: 'Amplitude',
          description: 'The noise lies between minus and plus this; pixels go from 0 to 1.',
          scale: 'log',
        }),
      })
      .meta({ title: 'Uniform', description: 'Uniform noise is added to or taken from every value, as in the chapter.' }),
    z
      .strictObject({
        kind: z.literal('saltAndPepper'),
        probability: probability('Share of the values that become 0 or 1, half of them each.'),
      })
      .meta({ title: 'Salt and pepper', description: 'A random subset of the values becomes 0 or 1.' }),
  ])
  .default({ kind: 'none' })
  .meta({ title: 'Corruption', description: 'Spoils the inputs with fresh noise at every step; the reconstruction must undo it.' })
