import { describe, expect, it } from 'vitest'
import { countRun } from '../../src/cost/countRun.js'
import { completeRunConfig, type RunConfigInput } from '../../src/index.js'

const sizes = { exampleShape: [28, 28], trainCount: 60_000, testCount: 10_000 }
const [pixels, epochs] = [784, 3]
/** Training examples that are encoded along with the test examples. */
const encoded = 1000
const count = (config: RunConfigInput) => countRun(completeRunConfig({ ...config, training: { epochs, ...config.training } }), sizes)
const dense = (latentDimension: number, hiddenWidths: number[] = []) => ({ kind: 'dense', latentDimension, hiddenWidths }) as const

describe('the work of a run', () => {
  it('holds the products of each example forward and backward, and forward alone for each that is evaluated', async () => {
    const work = await count({ architecture: dense(20) })
    // Encoder and decoder forward; gradients of both kernels and of the code backward.
    expect(work.training.matrixMultiplication).toBeCloseTo(epochs * sizes.trainCount * 5 * pixels * 20, -3)
    expect(work.evaluation.matrixMultiplication).toBeCloseTo(epochs * (sizes.testCount + encoded) * 2 * pixels * 20, -3)
    expect(work.pretraining.operation).toBe(0)
    expect(work.training.convolutionMultiplication + work.training.functionValue + work.training.drawnValue).toBe(0)
  })

  it('has as many products in batches of any size, and more operations in smaller ones', async () => {
    const [small, large] = await Promise.all([
      count({ architecture: dense(20), training: { batchSize: 32 } }),
      count({ architecture: dense(20), training: { batchSize: 128 } }),
    ])
    expect(small.training.matrixMultiplication).toBeCloseTo(large.training.matrixMultiplication, -3)
    expect(small.training.operation / large.training.operation).toBeCloseTo(4, 6)
    expect(small.training.updatedByte / large.training.updatedByte).toBeCloseTo(4, 6)
  })

  it('follows the examples that the configuration asks for', async () => {
    const all = await count({ architecture: dense(20) })
    const some = await count({ architecture: dense(20), data: { trainCount: 6000, testCount: 5000 } })
    expect(all.training.byte / some.training.byte).toBeCloseTo(10, 6)
    expect(all.evaluation.byte / some.evaluation.byte).toBeCloseTo((sizes.testCount + encoded) / (5000 + encoded), 6)
    const few = await count({ architecture: dense(20), data: { trainCount: 7, testCount: 3 } })
    expect(few.training.matrixMultiplication).toBe(epochs * 7 * 5 * pixels * 20)
  })

  it('holds the measuring after the last epoch, whatever the epochs', async () => {
    const few = await count({ architecture: dense(20) })
    const many = await count({ architecture: dense(20), training: { epochs: 30 } })
    expect(many.analysis).toEqual(few.analysis)
    const longer = await count({ architecture: dense(400) })
    expect(longer.analysis.scriptedValue).toBeGreaterThan(1.3 * few.analysis.scriptedValue)
    const corrupted = await count({ architecture: dense(20), corruption: { kind: 'gaussian' } })
    expect(corrupted.analysis.scriptedValue).toBeGreaterThan(1.2 * few.analysis.scriptedValue)
    // A variational autoencoder fills in missing halves several times.
    const variational = await count({ architecture: { ...dense(20), encoder: { kind: 'variational' } } })
    expect(variational.analysis.matrixMultiplication).toBeGreaterThan(1.5 * few.analysis.matrixMultiplication)
    const labelled = await count({ architecture: dense(20), evaluation: { labels: 1000, fineTuningEpochs: 60 } })
    expect(labelled.analysis.matrixMultiplication - few.analysis.matrixMultiplication).toBeCloseTo(60 * 1000 * 5 * pixels * 20, -3)
  })

  it('holds the random numbers of corrupted inputs and of sampled codes', async () => {
    const corrupted = await count({ architecture: dense(20), corruption: { kind: 'gaussian' } })
    expect(corrupted.training.drawnValue).toBeCloseTo(epochs * sizes.trainCount * pixels, -1)
    const variational = await count({ architecture: { ...dense(20), encoder: { kind: 'variational' } } })
    expect(variational.training.drawnValue).toBeCloseTo(epochs * sizes.trainCount * 20, -1)
  })

  it('holds convolutions, and the optimizer’s state where it is larger than caches', async () => {
    const convolutional = await count({ architecture: { kind: 'convolutional' } })
    expect(convolutional.training.convolutionMultiplication).toBeGreaterThan(0)
    const [small, large] = await Promise.all([count({ architecture: dense(20) }), count({ architecture: dense(784) })])
    expect(small.training.streamedByte).toBe(0)
    expect(large.training.streamedByte).toBeGreaterThan(0.9 * large.training.updatedByte)
  })

  it('holds the pretraining of each layer', async () => {
    const pretraining = { kind: 'stacked', epochs: 2 } as const
    const work = await count({ architecture: dense(20, [100]), training: { pretraining } })
    // The first layer, then the second on top of what the first makes; below, nothing goes backward.
    const [first, second] = [5 * pixels * 100, pixels * 100 + 5 * 100 * 20]
    const missing = work.pretraining.matrixMultiplication / (2 * sizes.trainCount) - first - second
    // The gradient of a layer's own input is not needed, so that is all.
    expect(Math.abs(missing)).toBeLessThan(0.01 * (first + second))
  })

  it('counts the iterations of L-BFGS over all examples', async () => {
    const ten = await count({ architecture: dense(20), optimizer: { kind: 'lbfgs', iterationsPerEpoch: 10 } })
    const twenty = await count({ architecture: dense(20), optimizer: { kind: 'lbfgs', iterationsPerEpoch: 20 } })
    expect(ten.training.matrixMultiplication).toBeGreaterThan(epochs * 10 * sizes.trainCount * 5 * pixels * 20 * 0.99)
    expect(twenty.training.matrixMultiplication / ten.training.matrixMultiplication).toBeCloseTo(2, 6)
    expect(ten.training.scriptedValue).toBeGreaterThan(0)
  })
})
