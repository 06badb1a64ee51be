import { fraction } from '../../fields.js'
import { epsilon } from './batchwise.js'

/** What optimizers have whose steps are running means of gradients, divided by the root of those of their squares. */
export const moments = {
  beta1: fraction.default(0.9).meta({ title: 'Beta 1', description: 'Decay of the gradient’s running mean.', advanced: true }),
  beta2: fraction.default(0.999).meta({ title: 'Beta 2', description: 'Decay of the squared gradient’s running mean.', advanced: true }),
  epsilon: epsilon(1e-7),
}
