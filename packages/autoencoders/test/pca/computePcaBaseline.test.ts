import type { Dataset } from '@hourglass/datasets'
import { loadDataset } from '@hourglass/datasets/node'
import * as tf from '@tensorflow/tfjs-core'
import { Matrix, SingularValueDecomposition } from 'ml-matrix'
import { describe, expect, it } from 'vitest'
import { computePcaBaseline } from '../../src/training.js'

/** Averages each 28 × 28 image down to 7 × 7, so that an independent decomposition takes no time. */
async function loadSmallImages(trainCount: number, testCount: number): Promise<Dataset> {
  const { train, test } = await loadDataset('mnist', { trainCount, testCount, validationCount: 0, selection: 'first' })
  const shrink = ({ count, values, labels }: Dataset['train']) => {
    const small = new Float32Array(count * 49)
    values.forEach((value, i) => {
      const [row, column, example] = [Math.floor((i % 784) / 28), i % 28, Math.floor(i / 784)]
      const target = example * 49 + Math.floor(row / 4) * 7 + Math.floor(column / 4)
      small[target] = (small[target] ?? 0) + value / 255 / 16
    })
    return { count, values: small, labels }
  }
  return { id: 'mnist', exampleShape: [7, 7], train: shrink(train), validation: null, test: shrink(test) }
}

/** Projects onto the first k right singular vectors of the centred training data, in float64, step by step. */
function independentErrors({ train, test }: Dataset): number[] {
  const matrixOf = (split: Dataset['train']) => Matrix.from1DArray(split.count, 49, split.values)
  const mean = matrixOf(train).mean('column')
  const { rightSingularVectors } = new SingularValueDecomposition(matrixOf(train).subRowVector(mean))
  const centred = matrixOf(test).subRowVector(mean)
  return Array.from({ length: 49 }, (_, index) => {
    const basis = rightSingularVectors.subMatrix(0, 48, 0, index)
    const residual = Matrix.sub(centred, centred.mmul(basis).mmul(basis.transpose()))
    return residual.norm('frobenius') ** 2 / (test.count * 49)
  })
}

describe('computePcaBaseline', () => {
  it.each(['onnx', 'cpu'] as const)('agrees with an independent decomposition for every number of components, on %s', async (engine) => {
    const dataset = await loadSmallImages(1200, 300)
    const { meanSquaredErrors, principalComponents } = await computePcaBaseline({ dataset, engine })
    const { rank } = principalComponents
    expect(meanSquaredErrors).toHaveLength(rank)
    expect(rank).toBeGreaterThan(40)
    const independent = independentErrors(dataset)
    independent.slice(0, rank).forEach((expected, index) => {
      expect(Math.abs((meanSquaredErrors[index] ?? Number.NaN) - expected)).toBeLessThan(1e-7 + 1e-4 * expected)
    })
    const examples = Float32Array.from(dataset.test.values)
    const decoded = principalComponents.decode(principalComponents.encode(examples, 5), 5)
    const squaredError = decoded.reduce((sum, value, i) => sum + (value - (examples[i] ?? 0)) ** 2, 0)
    expect(squaredError / examples.length).toBeCloseTo(meanSquaredErrors[4] ?? Number.NaN, 6)
    const variances = [...principalComponents.variances]
    expect(variances).toEqual([...variances].sort((a, b) => b - a))
    expect(tf.memory().numTensors).toBe(0)
  })

  it('has one component fewer than there are examples, and no more', async () => {
    const dataset = await loadSmallImages(10, 300)
    const { meanSquaredErrors, principalComponents } = await computePcaBaseline({ dataset })
    expect(principalComponents.rank).toBe(9)
    expect(meanSquaredErrors).toHaveLength(9)
    expect(Math.abs((meanSquaredErrors[8] ?? 0) - (independentErrors(dataset)[8] ?? 0))).toBeLessThan(1e-6)
    const examples = Float32Array.from(dataset.test.values)
    expect(() => principalComponents.encode(examples, 10)).toThrow('components: expected a whole number from 1 to 9')
    expect(principalComponents.keepEverything(10)).toBe(false)
  })

  it('has no component along which examples that are repeated do not vary', async () => {
    const { train, ...rest } = await loadSmallImages(10, 10)
    const [values, labels] = [new Float32Array(60 * 49), new Uint8Array(60)]
    for (let copy = 0; copy < 6; copy++) values.set(train.values, copy * 490)
    const { principalComponents } = await computePcaBaseline({ dataset: { ...rest, train: { count: 60, values, labels } } })
    expect(principalComponents.rank).toBe(9)
    expect(principalComponents.keepEverything(9)).toBe(true)
  })

  it('finds of a single example its mean, and no component', async () => {
    const dataset = await loadSmallImages(1, 10)
    const { meanSquaredErrors, principalComponents } = await computePcaBaseline({ dataset })
    expect([...principalComponents.mean]).toEqual([...dataset.train.values])
    expect(principalComponents.rank).toBe(0)
    expect(meanSquaredErrors).toHaveLength(0)
    expect(() => principalComponents.encode(Float32Array.from(dataset.test.values), 1)).toThrow('expected none, as the data do not vary')
  })

  it('reproduces the known errors on all of MNIST within 0.5 %', async () => {
    const { meanSquaredErrors } = await computePcaBaseline({ dataset: await loadDataset('mnist', { validationCount: 0 }) })
    const known = { 2: 0.05567, 4: 0.0479, 8: 0.03744, 16: 0.02686, 32: 0.01683, 64: 0.00905, 128: 0.00421 }
    for (const [k, error] of Object.entries(known)) {
      expect(Math.abs((meanSquaredErrors[Number(k) - 1] ?? Number.NaN) / error - 1)).toBeLessThan(0.005)
    }
  })
})
