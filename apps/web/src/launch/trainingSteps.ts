import type { RunConfig } from '@hourglass/autoencoders'
import { formatCount } from '../components/run/formatQuantity'

export interface StepFact {
  readonly label: string
  readonly value: string
}

/** Says in which steps a configuration trains on so many examples: batch by batch, over all of them at a time, or at once. */
export function trainingSteps({ optimizer, training }: Pick<RunConfig, 'optimizer' | 'training'>, examples: number): readonly StepFact[] {
  if (optimizer.kind === 'closedForm') return [{ label: 'Steps in all', value: '1, over all examples' }]
  if (optimizer.kind === 'lbfgs') {
    const { iterationsPerEpoch } = optimizer
    return [
      { label: 'Iterations per epoch', value: `${formatCount(iterationsPerEpoch)}, over all examples` },
      { label: 'Iterations in all', value: formatCount(iterationsPerEpoch * training.epochs) },
    ]
  }
  const stepsPerEpoch = Math.ceil(examples / training.batchSize)
  return [
    { label: 'Steps per epoch', value: formatCount(stepsPerEpoch) },
    { label: 'Steps in all', value: formatCount(stepsPerEpoch * training.epochs) },
  ]
}
