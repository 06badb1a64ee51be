import { positive } from '../../fields.js'

/** Describes the weight of a penalty, with its default. */
export const weight = (value: number) =>
  positive(1e6).default(value).meta({
    title: 'Weight',
    alias: 'lambda',
    description: 'How much the penalty counts against the reconstruction error, summed over pixels.',
    scale: 'log',
  })
