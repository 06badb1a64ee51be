import { makeToyManifold } from '@hourglass/datasets'
import { describe, expect, it } from 'vitest'
import { completeRunConfig, initializeParameters, type NamedTensors, type RunConfigInput } from '../../src/index.js'
import { referenceError, requireSensibleObjective } from '../../src/training/requireSense.js'
import { trainAutoencoder } from '../../src/training.js'

async function train(changes: RunConfigInput, scale = 1): Promise<number> {
  const dataset = {
    id: 'circle' as const,
    exampleShape: [2],
    train: makeToyManifold('circle', { count: 64, seed: 1 }),
    validation: null,
    test: makeToyManifold('circle', { count: 64, seed: 2 }),
  }
  const config = completeRunConfig({
    architecture: { kind: 'dense', latentDimension: 1, outputActivation: 'linear' },
    ...changes,
    data: { dataset: 'circle', trainCount: 64, testCount: 64 },
  })
  const initial = initializeParameters(config.architecture, { exampleShape: [2], seed: 1 })
  const scaled = Object.entries(initial).map(([name, { shape, values }]) => [name, { shape, values: values.map((value) => scale * value) }])
  const startFrom: NamedTensors = Object.fromEntries(scaled)
  let error = Number.NaN
  for await (const event of trainAutoencoder({ config, dataset, threads: 1, startFrom })) {
    if (event.type === 'epochCompleted') error = event.metrics.validationReconstructionError
  }
  return error
}

describe('a run that ends', () => {
  it('with an error beyond all sense has diverged, though its loss is finite', async () => {
    const still = { optimizer: { kind: 'sgd', learningRate: 1e-6 }, training: { epochs: 1 } } as const
    await expect(train(still, 100)).rejects.toMatchObject({
      code: 'DIVERGED',
      message: expect.stringMatching(
        /expected a reconstruction error near or below that of the mean example, .* got .* Try a lower learning rate \(now 0.000001 with SGD\)/,
      ),
    })
    expect(await train(still)).toBeLessThan(10)
  })

  it('with a penalty beyond all sense has diverged, though its reconstructions are no worse than the mean example', async () => {
    const judged = {
      config: completeRunConfig({}),
      epoch: 3,
      error: 0.05,
      split: makeToyManifold('circle', { count: 64, seed: 1 }),
      count: 64,
    }
    const untrained = async () => 40
    await expect(requireSensibleObjective({ ...judged, objective: 3e7, untrained })).rejects.toMatchObject({
      code: 'DIVERGED',
      message: expect.stringMatching(
        /no more than twice that before training, 40\.0, got 3\.00e\+7 after the last epoch, 3, of which 0\.0500 are the reconstruction error/,
      ),
    })
    // A heavy penalty that is only beginning to fall, and one that hardly adds to the error.
    await requireSensibleObjective({ ...judged, objective: 3e7, untrained: async () => 4e7 })
    await requireSensibleObjective({ ...judged, objective: 0.06, untrained: () => Promise.reject(new Error('nobody needs this')) })
  })

  it('after its objective rose beyond all sense has diverged, of which the reconstruction error alone says nothing', async () => {
    const penalized = {
      architecture: { kind: 'dense', latentDimension: 2, outputActivation: 'sigmoid' },
      regularizer: { kind: 'contractive', weight: 100 },
      optimizer: { kind: 'sgd', learningRate: 3 },
      training: { epochs: 1, batchSize: 64 },
    } as const
    await expect(train(penalized)).rejects.toMatchObject({
      code: 'DIVERGED',
      message: expect.stringContaining('expected an objective near'),
    })
    // As heavy, and as it was at the beginning.
    expect(await train({ ...penalized, optimizer: { kind: 'sgd', learningRate: 1e-9 } })).toBeGreaterThan(0)
  })

  it('with an error like that of the mean example, or somewhat more, has not', async () => {
    expect(await train({ training: { epochs: 1 } })).toBeGreaterThan(0)
  })
})

describe('referenceError', () => {
  it('is the variance of values for the squared error', () => {
    const values = Float32Array.of(0, 2, 4, 2, 8, 2)
    expect(referenceError('meanSquaredError', { values, size: 2 })).toBeCloseTo((16 + 0 + 16) / 6, 6)
  })

  it('is the entropy of the mean example for cross-entropy, or a coin’s where that is less', () => {
    const halves = Float32Array.of(0, 1, 1, 0)
    expect(referenceError('binaryCrossEntropy', { values: halves, size: 2 })).toBeCloseTo(Math.LN2, 6)
    expect(referenceError('binaryCrossEntropy', { values: Float32Array.of(1, 1), size: 1 })).toBe(Math.LN2)
  })

  it('is a hundredth of the range for data that do not vary, so that no sigmoid’s answer is senseless', () => {
    expect(referenceError('meanSquaredError', { values: Float32Array.of(1, 1, 1, 1), size: 2 })).toBeCloseTo(0.01, 9)
  })
})
