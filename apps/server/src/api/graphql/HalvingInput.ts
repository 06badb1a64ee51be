import { USUAL_ETA } from '@hourglass/autoencoders'
import { builder } from './builder.js'

export const HalvingInput = builder.inputType('HalvingInput', {
  description: 'A search by successive halving.',
  fields: (t) => ({
    firstEpochs: t.int({
      required: true,
      description: 'Epochs of each run in the first rung; those of its configuration are for the best.',
    }),
    eta: t.int({ defaultValue: USUAL_ETA, description: 'Of so many runs one goes on, with so many times the epochs: 2 to 10.' }),
  }),
})
