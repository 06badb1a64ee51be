import { isMiniBatch, type RunConfig } from '@hourglass/autoencoders'
import { formatCount } from '../../ui/formatQuantity'

export interface StepFact {
  readonly label: string
  readonly value: string
}

type Stepping = Pick<RunConfig, 'optimizer' | 'training'>

/** Counts the updates of the parameters in an epoch of so many examples: one a batch, of L-BFGS one an iteration over all examples. */
export function stepsPerEpoch({ optimizer, training }: Stepping, examples: number): number {
  if (isMiniBatch(optimizer)) return Math.ceil(examples / training.batchSize)
  return optimizer.kind === 'lbfgs' ? optimizer.iterationsPerEpoch : 1
}

/** Says in which steps a configuration trains on so many examples: batch by batch, over all of them at a time, or at once. */
export function trainingSteps({ optimizer, training }: Stepping, examples: number): readonly StepFact[] {
  if (optimizer.kind === 'closedForm') return [{ label: 'Steps in all', value: '1, over all examples' }]
  const steps = stepsPerEpoch({ optimizer, training }, examples)
  const all = formatCount(steps * training.epochs)
  if (optimizer.kind === 'lbfgs') {
    return [
      { label: 'Iterations per epoch', value: `${formatCount(steps)}, over all examples` },
      { label: 'Iterations in all', value: all },
    ]
  }
  return [
    { label: 'Steps per epoch', value: formatCount(steps) },
    { label: 'Steps in all', value: all },
  ]
}
