import { builder } from './builder.js'

export const SeedsInputType = builder.inputType('SeedsInput', {
  description: 'The seeds that each run of an experiment is trained with, as runs of their own: `z = 32, seed 2`.',
  isOneOf: true,
  fields: (t) => ({
    count: t.int({ description: 'So many seeds, from 1.' }),
    list: t.intList({ description: 'These seeds, each once.' }),
  }),
})
