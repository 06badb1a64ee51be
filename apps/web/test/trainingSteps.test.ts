import { completeRunConfig, type RunConfigInput } from '@hourglass/autoencoders'
import { expect, it } from 'vitest'
import { trainingSteps } from '../src/features/launch/trainingSteps'

const linear = { kind: 'dense', codeActivation: 'linear', outputActivation: 'linear' } as const

it.each<[string, RunConfigInput, string[]]>([
  ['batch by batch', { training: { epochs: 3 } }, ['Steps per epoch: 469', 'Steps in all: 1,407']],
  [
    'over all examples',
    { optimizer: { kind: 'lbfgs' }, training: { epochs: 3 } },
    ['Iterations per epoch: 10, over all examples', 'Iterations in all: 30'],
  ],
  ['at once', { optimizer: { kind: 'closedForm' }, architecture: linear, training: { epochs: 1 } }, ['Steps in all: 1, over all examples']],
])('says that a run trains %s', (_, input, facts) => {
  expect(trainingSteps(completeRunConfig(input), 60_000).map(({ label, value }) => `${label}: ${value}`)).toEqual(facts)
})
