import { optimizerRowOf, type RunConfig, stepsPerEpoch } from '@hourglass/autoencoders'
import { formatCount } from '../../ui/formatQuantity'

export interface StepFact {
  readonly label: string
  readonly value: string
}

/** Says in which steps a configuration trains on so many examples: batch by batch, over all of them at a time, or at once. */
export function trainingSteps({ optimizer, training }: Pick<RunConfig, 'optimizer' | 'training'>, examples: number): readonly StepFact[] {
  const { steps: stepping } = optimizerRowOf(optimizer)
  if (stepping === 'solution') return [{ label: 'Steps in all', value: '1, over all examples' }]
  const steps = stepsPerEpoch({ optimizer, training }, examples)
  const all = formatCount(steps * training.epochs)
  if (stepping === 'iterations') {
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
