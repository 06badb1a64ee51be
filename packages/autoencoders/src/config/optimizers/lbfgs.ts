import { z } from 'zod'
import { GRADIENT_TOLERANCE } from './gradientTolerance.js'
import { optimizerRow } from './OptimizerRow.js'
import { unusedByFullBatches } from './unusedByFullBatches.js'

/** Evaluations of an iteration, and what it does between them: most accept the first step that their line search tries. */
const LINE_SEARCH = 1.3
/** How often an iteration goes through all parameters in JavaScript, besides once for each remembered step. */
const PARAMETER_PASSES = 10

export const lbfgs = optimizerRow({
  schema: z
    .strictObject({
      kind: z.literal('lbfgs'),
      historySize: z.int().min(1).max(50).default(10).meta({
        title: 'History',
        description: 'Past steps from which the curvature is estimated.',
        unit: 'steps',
        advanced: true,
      }),
      iterationsPerEpoch: z.int().min(1).max(1000).default(10).meta({
        title: 'Iterations an epoch',
        description: 'Steps between two evaluations. Each looks at all training examples, once or a few times.',
      }),
    })
    .meta({
      title: 'L-BFGS',
      description: 'Second-order steps from the gradient over all examples (Liu & Nocedal 1989). Needs an objective without randomness.',
    }),
  steps: 'iterations',
  stepsPerEpoch: ({ iterationsPerEpoch }) => iterationsPerEpoch,
  // Steps and changes of the gradient, and the gradient itself.
  numbersKept: ({ historySize }) => 2 * historySize + 1,
  epochWork: ({ iterationsPerEpoch, historySize }, { parameters }) => ({
    times: iterationsPerEpoch,
    passes: LINE_SEARCH,
    scriptedValues: (PARAMETER_PASSES + historySize) * parameters,
  }),
  unused: [unusedByFullBatches.batchSize, unusedByFullBatches.pretraining],
  takesPrincipalComponents: false,
  needsDeterministicObjective: true,
  startsAnew: null,
  gradientTolerance: GRADIENT_TOLERANCE,
  whyAdam: 'L-BFGS steps as far as the curvature it has estimated allows; Adam takes small steps of a bounded size.',
})

export type LbfgsConfig = z.output<typeof lbfgs.schema>
