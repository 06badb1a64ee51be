import { describe, expect, it } from 'vitest'
import { completeRunConfig, initializeParameters, type RunConfigInput } from '../../src/index.js'

type Initializer = NonNullable<NonNullable<RunConfigInput['architecture']>['initializer']>

function draw(initializer: Initializer, { hiddenWidths = [] as number[], seed = 1 } = {}) {
  const { architecture } = completeRunConfig({ architecture: { kind: 'dense', latentDimension: 100, hiddenWidths, initializer } })
  return initializeParameters(architecture, { exampleShape: [28, 28], seed })
}

const spread = (values: Float32Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length)
const largest = (values: Float32Array) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
const kernelOf = (parameters: ReturnType<typeof draw>) => parameters['encoder/0/kernel']?.values ?? new Float32Array()

describe('initializeParameters', () => {
  it.each([
    [{ kind: 'glorotUniform' }, Math.sqrt(6 / 884)],
    [{ kind: 'uniform', limit: 0.01 }, 0.01],
  ] as const)('draws %j within its limit, with a uniform’s spread', (initializer, limit) => {
    const kernel = kernelOf(draw(initializer))
    expect(largest(kernel)).toBeLessThanOrEqual(Math.fround(limit))
    expect(largest(kernel)).toBeGreaterThan(0.999 * limit)
    expect(spread(kernel) / (limit / Math.sqrt(3))).toBeCloseTo(1, 2)
  })

  it.each([
    [{ kind: 'heNormal' }, Math.sqrt(2 / 784)],
    [{ kind: 'normal', standardDeviation: 0.05 }, 0.05],
  ] as const)('draws %j with its standard deviation', (initializer, standardDeviation) => {
    expect(spread(kernelOf(draw(initializer))) / standardDeviation).toBeCloseTo(1, 1)
  })

  it('starts biases at zero', () => {
    expect(largest(draw({ kind: 'heNormal' })['decoder/0/bias']?.values ?? Float32Array.of(1))).toBe(0)
  })

  it('gives the same values for the same seed, others for another seed, and others to each parameter', () => {
    const first = draw({ kind: 'glorotUniform' })
    expect(draw({ kind: 'glorotUniform' })).toEqual(first)
    expect(kernelOf(draw({ kind: 'glorotUniform' }, { seed: 2 }))).not.toEqual(kernelOf(first))
    expect(first['decoder/0/kernel']?.values.subarray(0, 8)).not.toEqual(kernelOf(first).subarray(0, 8))
  })

  it('leaves a parameter as it was when others come or go', () => {
    const initializer = { kind: 'uniform', limit: 0.01 } as const
    const shallow = draw(initializer)['encoder/0/kernel']
    const deep = draw(initializer, { hiddenWidths: [100] })['encoder/0/kernel']
    expect(deep).toEqual(shallow)
  })
})
