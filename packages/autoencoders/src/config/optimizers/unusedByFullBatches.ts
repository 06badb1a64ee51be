import { NONE } from '../isNone.js'
import type { UnusedSetting } from './OptimizerRow.js'

/** What optimizers have no use for that look at all examples in each step. */
export const unusedByFullBatches = {
  batchSize: { path: 'training.batchSize', reason: 'Not used: each step looks at all training examples.' },
  pretraining: {
    path: 'training.pretraining',
    reason: 'None: layers are pretrained only by optimizers that move after every batch.',
    value: { kind: NONE },
  },
} as const satisfies Readonly<Record<string, UnusedSetting>>
