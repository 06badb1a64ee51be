import { completeRunConfig } from '@hourglass/autoencoders'
import { describe, expect, it } from 'vitest'
import { describeRest } from '../src/features/run/describeRest'

const lbfgs = completeRunConfig({ optimizer: { kind: 'lbfgs', iterationsPerEpoch: 10 } })
const epochs = (...values: readonly (readonly [taken: number | null, gradient: number | null])[]) =>
  values.map(([iterationsTaken, largestGradient], index) => ({ epoch: index + 1, iterationsTaken, largestGradient }))

describe('how L-BFGS ended', () => {
  it('is that it converged, in the epoch where it did, though it went through those that were left', () => {
    expect(describeRest(lbfgs, epochs([10, 1e-3], [4, 5.2e-8], [0, 5.2e-8]), false)).toBe(
      'L-BFGS converged in epoch 2, after 14 iterations: the largest gradient is 5.20e-8. Later epochs changed nothing.',
    )
    expect(describeRest(lbfgs, epochs([10, 1e-3], [4, 5.2e-8]), true)).toMatch(/^L-BFGS converged in epoch 2, .* 5\.20e-8\.$/)
    expect(describeRest(lbfgs, epochs([10, 1e-7]), false)).toBe(
      'L-BFGS converged with its last iteration: the largest gradient is 1.00e-7.',
    )
  })

  it('is that rounding left it no step to take', () => {
    expect(describeRest(lbfgs, epochs([1, 2e-6]), false)).toBe(
      'L-BFGS came to rest in epoch 1, after 1 iteration: no step lowers what it minimizes any further, though the largest gradient is 2.00e-6.',
    )
  })

  it('is that its iterations were over', () => {
    expect(describeRest(lbfgs, epochs([10, 1e-2], [10, 0.000_32]), false)).toBe(
      'L-BFGS ended with its 20 iterations, before it converged: the largest gradient is 0.000320, above 1e-7.',
    )
  })

  it('is not said while it goes on, of other optimizers, and where an earlier version did not measure it', () => {
    expect(describeRest(lbfgs, epochs([10, 1e-2]), true)).toBeNull()
    expect(describeRest(lbfgs, epochs([null, null]), false)).toBeNull()
    expect(describeRest(lbfgs, [], false)).toBeNull()
    expect(describeRest(completeRunConfig({}), epochs([10, 1e-2]), false)).toBeNull()
  })
})
