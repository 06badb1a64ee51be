import { z } from 'zod'
import { NONE } from './isNone.js'
import '../fields.js'

export const pretraining = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal(NONE) }).meta({ title: 'None', description: 'All layers are trained together from the start.' }),
    z
      .strictObject({
        kind: z.literal('stacked'),
        epochs: z.int().min(1).max(1000).default(10).meta({
          title: 'Epochs a layer',
          description: 'Passes over the training examples for each layer.',
          unit: 'epochs',
        }),
      })
      .meta({
        title: 'Stacked',
        description: 'Each layer is first trained as an autoencoder of what the layers before it make (Bengio et al. 2007).',
      }),
  ])
  .default({ kind: NONE })
  .meta({ title: 'Pretraining', description: 'What happens before the first epoch.', advanced: true })
