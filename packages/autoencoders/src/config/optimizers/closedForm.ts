import { z } from 'zod'
import { optimizerRow } from './OptimizerRow.js'
import { unusedByFullBatches } from './unusedByFullBatches.js'

export const closedForm = optimizerRow({
  schema: z.strictObject({ kind: z.literal('closedForm') }).meta({
    title: 'Closed form',
    description: 'Principal components: the optimum of a linear autoencoder, solved for instead of searched (Eckart & Young 1936).',
  }),
  steps: 'solution',
  stepsPerEpoch: () => 1,
  numbersKept: () => 0,
  // The principal components are what runs of the same examples share.
  epochWork: (_, { size }) => ({ times: 1, passes: 0, scriptedValues: size ** 2 }),
  unused: [
    { path: 'training.epochs', reason: '1: the optimum is solved for in a single step.', value: 1 },
    unusedByFullBatches.batchSize,
    { path: 'architecture.initializer', reason: 'Not used: the solution does not depend on where it begins.' },
    unusedByFullBatches.pretraining,
  ],
  takesPrincipalComponents: true,
  needsDeterministicObjective: false,
  startsAnew: 'the closed form, which does not depend on where it begins',
  gradientTolerance: null,
  whyAdam: null,
})
